package dev.millrace.loader.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every landing place promises. */
public abstract class LandingContract {
  private static final int LARGE = 5_000_000;

  protected abstract Landing landing();

  /** Puts an object there, as the store's writer does. */
  protected abstract BatchRef put(String name, byte[] content) throws IOException;

  /** Takes an object away, as a lifecycle rule does. */
  protected abstract void remove(BatchRef batch) throws IOException;

  @Test
  void open_givesContentSizeAndCreationTime() throws IOException {
    long before = nowMicros();
    BatchRef batch = put("2026/11/a.avro", bytes("content"));

    Landing.Opened opened = landing().open(batch);

    try (InputStream content = opened.content()) {
      assertThat(content.readAllBytes()).isEqualTo(bytes("content"));
    }
    assertThat(opened.bytes()).isEqualTo(7);
    assertThat(opened.createdMicros()).isBetween(before - 1_000_000, nowMicros() + 1_000_000);
  }

  @Test
  void open_ofALargeObject_givesEveryByte() throws IOException {
    byte[] content = new byte[LARGE];
    new Random(7).nextBytes(content);
    BatchRef batch = put("large", content);

    try (InputStream stream = landing().open(batch).content()) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void open_ofAnEmptyObject_givesNone() throws IOException {
    BatchRef batch = put("empty", new byte[0]);

    Landing.Opened opened = landing().open(batch);

    try (InputStream content = opened.content()) {
      assertThat(content.read()).isEqualTo(-1);
    }
    assertThat(opened.bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "a b+c", "x%2Fy", "2023-09-25T04:10:00+00:00_\u0936#1?x=y&z"})
  void open_takesAnyName(String name) throws IOException {
    BatchRef batch = put(name, bytes("content"));

    try (InputStream stream = landing().open(batch).content()) {
      assertThat(stream.readAllBytes()).isEqualTo(bytes("content"));
    }
  }

  @Test
  void open_ofAnotherGeneration_isNoSuchFile() throws IOException {
    BatchRef batch = put("a", bytes("content"));
    BatchRef other = new BatchRef(batch.bucket(), batch.name(), batch.generation() - 1);

    assertThatThrownBy(() -> landing().open(other)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void open_whenTheObjectIsGone_isNoSuchFile() throws IOException {
    BatchRef batch = put("a", bytes("content"));
    remove(batch);

    assertThatThrownBy(() -> landing().open(batch)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void list_showsEveryObjectWithItsSizeAndTime() throws IOException {
    long before = nowMicros();
    BatchRef one = put("folder/one", bytes("1"));
    BatchRef two = put("two", bytes("22"));
    remove(put("gone", bytes("333")));

    Map<BatchRef, Landing.Listed> listed = new HashMap<>();
    landing().list(object -> listed.put(object.batch(), object));

    assertThat(listed).containsOnlyKeys(one, two);
    assertThat(listed.get(two).bytes()).isEqualTo(2);
    assertThat(ChronoUnit.MICROS.between(Instant.EPOCH, listed.get(two).created()))
        .isBetween(before - 1_000_000, nowMicros() + 1_000_000);
  }

  @Test
  void list_ofAPrefix_showsTheNamesThatBeginSo() throws IOException {
    BatchRef one = put("2026-11/one", bytes("1"));
    BatchRef two = put("2026-11-two", bytes("2"));
    put("2026-1", bytes("3"));
    put("before/2026-11", bytes("4"));

    List<BatchRef> listed = new ArrayList<>();
    landing().list("2026-11", object -> listed.add(object.batch()));

    assertThat(listed).containsExactlyInAnyOrder(one, two);
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
