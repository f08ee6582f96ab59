package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final String NAME = "prefix/2026-11-23T10:00:00+00:00_é";

  @TempDir Path folder;
  private Path path;
  private final List<Long> ends = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("test.journal");
    try (Journal journal = Journal.create(path, NAME, ChannelAppendFile::create)) {
      ends.add(journal.goodBytes());
      for (int i = 0; i < 3; i++) {
        ByteBuffer record = JournalRecord.ofRequest(10 * i, 7, Client.request("a" + i, "b" + i));
        journal.append(List.of(record));
        ends.add(journal.goodBytes());
      }
    }
  }

  @Test
  void reader_givesTheNameAndEveryMessageWithItsId() throws IOException {
    try (JournalReader reader = new JournalReader(path, Files.size(path))) {
      assertThat(reader.objectName()).contains(NAME);
      assertThat(payloads(reader))
          .containsExactly("0 a0", "1 b0", "10 a1", "11 b1", "20 a2", "21 b2");
      assertThat(reader.end()).isEqualTo(JournalReader.End.WHOLE);
    }
  }

  @Test
  void reader_ofAJournalCutAtAnyByte_givesTheWholeRequestsBeforeIt() throws IOException {
    for (long cut = 0; cut <= Files.size(path); cut++) {
      long at = cut;
      long whole = ends.stream().filter(end -> end <= at).count() - 1;
      Path torn = folder.resolve("torn");
      Files.write(torn, bytesUpTo((int) cut));
      try (JournalReader reader = new JournalReader(torn, cut)) {
        assertThat(payloads(reader)).as("cut at %d", cut).hasSize((int) Math.max(0, 2 * whole));
        assertThat(reader.end())
            .as("cut at %d", cut)
            .isEqualTo(
                cut == 0 || ends.contains(cut) ? JournalReader.End.WHOLE : JournalReader.End.TORN);
      }
    }
  }

  @Test
  void reader_stopsAtTheGoodBytes() throws IOException {
    try (JournalReader reader = new JournalReader(path, ends.get(1))) {
      assertThat(payloads(reader)).containsExactly("0 a0", "1 b0");
      assertThat(reader.end()).isEqualTo(JournalReader.End.WHOLE);
    }
  }

  @Test
  void reader_ofAJournalWithAnyByteChanged_neverGivesAnotherMessage() throws IOException {
    List<String> whole = List.of("0 a0", "1 b0", "10 a1", "11 b1", "20 a2", "21 b2");
    Random random = new Random(20261123);
    byte[] content = Files.readAllBytes(path);
    for (int i = 0; i < content.length; i++) {
      byte[] changed = content.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      Path damaged = Files.write(folder.resolve("damaged"), changed);
      try (JournalReader reader = new JournalReader(damaged, changed.length)) {
        List<String> read = payloads(reader);
        assertThat(whole.subList(0, read.size())).as("byte %d changed", i).isEqualTo(read);
        assertThat(reader.end()).as("byte %d changed", i).isNotEqualTo(JournalReader.End.WHOLE);
      }
    }
  }

  private byte[] bytesUpTo(int cut) throws IOException {
    return Arrays.copyOf(Files.readAllBytes(path), cut);
  }

  private static List<String> payloads(JournalReader reader) throws IOException {
    List<String> payloads = new ArrayList<>();
    List<ReceivedMessage> messages = reader.next();
    while (!messages.isEmpty()) {
      messages.forEach(
          each -> payloads.add(each.id() + " " + each.content().getData().toStringUtf8()));
      messages = reader.next();
    }
    return payloads;
  }
}
