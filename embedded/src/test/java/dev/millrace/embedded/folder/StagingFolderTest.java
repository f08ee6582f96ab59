package dev.millrace.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String PART = "packages/1.2/a/orders.0.jsonl";

  @TempDir Path folder;
  private StagingFolder staging;

  @BeforeEach
  void open() throws Exception {
    staging = new StagingFolder(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void open_givesWhatWasCreated() throws IOException {
    try (OutputStream out = staging.create("packages/1/a.jsonl")) {
      out.write(1);
    }

    try (InputStream in = staging.open("packages/1/a.jsonl")) {
      assertThat(in.readAllBytes()).containsExactly(1);
    }
    assertThatThrownBy(() -> staging.open("packages/1/b.jsonl"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void create_isThereOnceItIsClosed() throws Exception {
    try (OutputStream out = staging.create(PART)) {
      out.write(bytes("one"));
      assertThat(staging.read(PART)).isEmpty();
    }
    assertThat(staging.read(PART)).hasValue(bytes("one"));
  }

  @Test
  void create_again_replaces() throws Exception {
    write(PART, "one");
    write(PART, "two");
    assertThat(staging.read(PART)).hasValue(bytes("two"));
  }

  @Test
  void create_closedTwice_isFine() throws Exception {
    OutputStream out = staging.create(PART);
    out.close();
    write(PART, "two");
    out.close();
    assertThat(staging.read(PART)).hasValue(bytes("two"));
  }

  @Test
  void create_leavesNothingBesideTheObject() throws Exception {
    write(PART, "one");
    assertThat(files()).containsExactly("staging/" + PART);
  }

  @Test
  void location_isWhereTheWarehouseFindsIt() throws Exception {
    write(PART, "one");
    assertThat(Path.of(staging.location(PART))).isAbsolute().hasContent("one");
  }

  @Test
  void createIfAbsent_ofAnObjectThatIsThere_leavesIt() throws Exception {
    assertThat(staging.createIfAbsent("m.json", bytes("one"))).isTrue();
    assertThat(staging.createIfAbsent("m.json", bytes("two"))).isFalse();
    assertThat(staging.read("m.json")).hasValue(bytes("one"));
    assertThat(files()).containsExactly("staging.lock", "staging/m.json");
  }

  @Test
  void createIfAbsent_byManyAtOnce_isWonByOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "m" + round;
        CountDownLatch together = new CountDownLatch(4);
        List<Future<String>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          String content = "by " + i;
          StagingFolder own = new StagingFolder(folder, Clock.systemUTC());
          tries.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    return own.createIfAbsent(name, bytes(content)) ? content : "";
                  }));
        }
        StringBuilder winners = new StringBuilder();
        for (Future<String> each : tries) {
          winners.append(each.get());
        }
        assertThat(staging.read(name)).hasValue(bytes(winners.toString()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void delete_ofTheLastPart_takesTheAttemptsFolderAlong() throws Exception {
    write(PART, "one");
    staging.delete(PART);
    staging.delete(PART);
    assertThat(staging.read(PART)).isEmpty();
    assertThat(folder.resolve("staging/packages/1.2/a")).doesNotExist();
  }

  @Test
  void delete_ofOnePart_leavesTheOthers() throws Exception {
    write(PART, "one");
    write("packages/1.2/a/pages.0.jsonl", "two");
    staging.delete(PART);
    assertThat(staging.read("packages/1.2/a/pages.0.jsonl")).hasValue(bytes("two"));
  }

  @Test
  void names_longerThanAFileMayBe_areDifferentObjects() throws Exception {
    String long1 = "p/" + "\u0936".repeat(300) + "1.0.jsonl";
    String long2 = "p/" + "\u0936".repeat(300) + "2.0.jsonl";
    write(long1, "one");
    write(long2, "two");
    assertThat(staging.read(long1)).hasValue(bytes("one"));
    assertThat(staging.read(long2)).hasValue(bytes("two"));
    assertThat(staging.location(long1)).isEqualTo(staging.location(long1));
  }

  @Test
  void names_cutInTheMiddleOfACharacter_keepItWhole() throws Exception {
    String name = "x" + "\uD83D\uDE00".repeat(100);
    write(name, "one");
    assertThat(Path.of(staging.location(name)).getFileName().toString())
        .startsWith("x\uD83D\uDE00")
        .matches("x[\\x{1F600}]+~[0-9a-f]{24}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "../x", "a/../../x", "/etc/passwd", "a//b", "./a", "a/", "a\\b", "a\0b"})
  void path_thatCouldLeaveTheFolder_isRefused(String path) {
    assertThatThrownBy(() -> staging.create(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a path inside a folder");
    assertThatThrownBy(() -> staging.location(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFirstFile_deletesWhatWasAbandonedYesterday() throws Exception {
    Files.createDirectories(folder.resolve("staging.partial"));
    Path old = Files.createFile(folder.resolve("staging.partial/old.partial"));
    Path fresh = Files.createFile(folder.resolve("staging.partial/fresh.partial"));
    Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(86_401)));
    Files.setLastModifiedTime(fresh, FileTime.from(NOW.minusSeconds(86_399)));
    open();
    write("packages/1.2/a", "x");
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  private void write(String path, String content) throws Exception {
    try (OutputStream out = staging.create(path)) {
      out.write(bytes(content));
    }
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
