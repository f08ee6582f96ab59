package dev.millrace.loader.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every staging place promises. */
public abstract class StagingContract {
  private static final String PART = "packages/1.2/a/orders.0.jsonl";
  private static final int MIB = 1 << 20;
  private static final int RACERS = 4;

  protected abstract Staging staging() throws IOException;

  @Test
  void create_isThereOnceItIsClosed() throws Exception {
    try (OutputStream out = staging().create(PART)) {
      out.write(bytes("one"));
      out.flush();
      assertThat(staging().read(PART)).isEmpty();
    }
    assertThat(staging().read(PART)).hasValue(bytes("one"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 17})
  void create_keepsEveryByte_whateverTheSize(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);

    try (OutputStream out = staging().create(PART)) {
      for (int done = 0; done < size; done += 60_000) {
        out.write(content, done, Math.min(60_000, size - done));
      }
    }

    assertThat(staging().read(PART)).hasValue(content);
  }

  @Test
  void create_again_replaces() throws Exception {
    write(PART, "one");
    write(PART, "two");
    assertThat(staging().read(PART)).hasValue(bytes("two"));
  }

  @Test
  void create_closedTwice_isFine() throws Exception {
    OutputStream out = staging().create(PART);
    out.close();
    write(PART, "two");
    out.close();
    assertThat(staging().read(PART)).hasValue(bytes("two"));
  }

  @Test
  void create_neverClosed_leavesNothing() throws Exception {
    OutputStream small = staging().create("small");
    small.write(bytes("one"));
    OutputStream large = staging().create("large");
    large.write(new byte[3 * MIB]);

    assertThat(staging().read("small")).isEmpty();
    assertThat(staging().read("large")).isEmpty();
  }

  @Test
  void open_givesEveryByte() throws Exception {
    byte[] content = new byte[5 * MIB + 3];
    new Random(3).nextBytes(content);
    try (OutputStream out = staging().create(PART)) {
      out.write(content);
    }

    try (InputStream in = staging().open(PART)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void open_ofWhatIsNotThere_isNoSuchFile() {
    assertThatThrownBy(() -> staging().open(PART)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void createIfAbsent_ofAnObjectThatIsThere_leavesIt() throws Exception {
    assertThat(staging().createIfAbsent("m.json", bytes("one"))).isTrue();
    assertThat(staging().createIfAbsent("m.json", bytes("two"))).isFalse();
    assertThat(staging().createIfAbsent("m.json", bytes("one"))).isFalse();
    assertThat(staging().read("m.json")).hasValue(bytes("one"));
  }

  @Test
  void createIfAbsent_byManyAtOnce_isWonByOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "m" + round;
        CountDownLatch together = new CountDownLatch(RACERS);
        List<Future<String>> tries = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
          String content = "by " + racer;
          tries.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    return staging().createIfAbsent(name, bytes(content)) ? content : "";
                  }));
        }
        StringBuilder winners = new StringBuilder();
        for (Future<String> each : tries) {
          winners.append(each.get());
        }
        assertThat(staging().read(name)).hasValue(bytes(winners.toString()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void delete_ofOnePart_leavesTheOthers() throws Exception {
    write(PART, "one");
    write("packages/1.2/a/pages.0.jsonl", "two");
    staging().delete(PART);
    assertThat(staging().read(PART)).isEmpty();
    assertThat(staging().read("packages/1.2/a/pages.0.jsonl")).hasValue(bytes("two"));
  }

  @Test
  void delete_ofWhatIsNotThere_isFine() throws Exception {
    staging().delete(PART);
    assertThat(staging().read(PART)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "a b+c", "x%2Fy", "\u0936#1?x=y&z"})
  void path_takesAnyTableName(String table) throws Exception {
    String path = "packages/1.2/a/" + table + ".0.jsonl";
    write(path, "one");
    assertThat(staging().read(path)).hasValue(bytes("one"));
    staging().delete(path);
    assertThat(staging().read(path)).isEmpty();
  }

  private void write(String path, String content) throws Exception {
    try (OutputStream out = staging().create(path)) {
      out.write(bytes(content));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
