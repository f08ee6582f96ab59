package dev.millrace.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.DocumentSize;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the guards on tables and columns alone would let grow to hundreds of megabytes. */
class SchemaSizeTest {
  private static final long SEED = 20261126;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int KEYS = 1_900;

  /** What a text of BigQuery's has room for. */
  private static final int MAX_TEXT_BYTES = 10 << 20;

  private static final int NAMES = 20;

  private static Normalized full;

  /** Events of several names, each with as many new keys as fit: names that don't pack. */
  @BeforeAll
  static void fill() {
    SplittableRandom random = new SplittableRandom(SEED);
    full =
        Normalized.run(
            NormalizerSettings.DEFAULT,
            Schema.initial("millrace"),
            normalizer -> {
              for (int name = 0; name < NAMES; name++) {
                StringBuilder event = new StringBuilder("{\"event\":\"e" + name + "\"");
                for (int key = 0; key < KEYS; key++) {
                  event.append(",\"k");
                  random
                      .ints(290, 0, LETTERS.length())
                      .mapToObj(LETTERS::charAt)
                      .forEach(event::append);
                  event.append("\":1");
                }
                byte[] bytes = event.append('}').toString().getBytes(UTF_8);
                normalizer.message(bytes, 0, bytes.length, Normalized.ORIGIN);
              }
            });
  }

  @AfterAll
  static void forget() {
    full = null;
  }

  private static int packedBytes(byte[] document) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(document);
    }
    return packed.size() * 4 / 3;
  }

  @Test
  void M12_the_schema_grows_no_longer_than_a_text_in_the_warehouse_may_be() throws IOException {
    byte[] document = full.batch.schema().document();
    assertThat(DocumentSize.of(full.batch.schema()))
        .isBetween(DocumentSize.MAX, DocumentSize.MAX + 10_000);
    assertThat(document.length).isBetween(18 << 20, 21 << 20);
    assertThat(packedBytes(document)).isLessThan(MAX_TEXT_BYTES);
  }

  @Test
  void M12_what_a_full_schema_has_no_room_for_is_kept_and_counted() {
    assertThat(full.batch.loaded()).isEqualTo(NAMES);
    assertThat(full.batch.guards().get("schema_bytes")).isGreaterThan(2 * KEYS);
    long values =
        full.rows.values().stream()
            .flatMap(rows -> rows.stream())
            .mapToLong(row -> row.size() + row.path("_millrace_overflow").size())
            .sum();
    assertThat(values).isGreaterThan(NAMES * KEYS);

    Normalized next = full.then("{\"event\":\"later\",\"l\":[1]}{\"event\":\"e0\",\"new\":true}");
    assertThat(next.onlyRow("events").get("_millrace_overflow").get("l").toString())
        .isEqualTo("[1]");
    assertThat(next.onlyRow("e0").get("_millrace_overflow").get("new").asBoolean()).isTrue();
  }
}
