package dev.millrace.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events as large as settings permit: each ends in rows or as a bad event, in memory that its
 * contents can't drive up. The tests' heap is the limit.
 */
@Tag("once")
@Timeout(120)
class LargeEventsTest {
  private static final int MAX_BYTES = 64 << 20;
  private static final int PIECE_BYTES = 1 << 16;
  private static final NormalizerSettings SETTINGS =
      NormalizerSettings.DEFAULT.withGuards(new Guards(20, 2_000, 300, MAX_BYTES));

  private final List<BadEvent> bad = new ArrayList<>();
  private Schema schema = Schema.initial("millrace");
  private long rowBytes;

  /** An event that is as long as may be, made of parts; then one that is small and good. */
  private static InputStream event(String start, IntFunction<String> part, String end) {
    Iterator<InputStream> pieces =
        new Iterator<>() {
          private long left = MAX_BYTES - start.length() - end.length();
          private int count;
          private boolean ended;

          @Override
          public boolean hasNext() {
            return !ended;
          }

          @Override
          public InputStream next() {
            StringBuilder piece = new StringBuilder(count == 0 ? start : "");
            while (!ended && piece.length() < PIECE_BYTES) {
              String next = (count == 0 ? "" : ",") + part.apply(count++);
              left -= next.length();
              ended = left < 0;
              piece.append(ended ? end + "{\"event\":\"good\"}" : next);
            }
            return new ByteArrayInputStream(piece.toString().getBytes(UTF_8));
          }
        };
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return pieces.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return pieces.next();
          }
        });
  }

  private NormalizedBatch normalized(InputStream text, NormalizerSettings settings)
      throws IOException {
    Normalizer normalizer =
        new Normalizer(
            schema,
            Map.of(),
            settings,
            "1700000000.1",
            (table, buffer, offset, length, rows) -> rowBytes += length,
            bad::add);
    normalizer.text(text, Normalized.ORIGIN);
    NormalizedBatch batch = normalizer.finish();
    assertThat(batch.read()).isEqualTo(2);
    assertThat(batch.rows()).containsEntry("good", 1L);
    return batch;
  }

  private void isTooLarge(InputStream text, NormalizerSettings settings) throws IOException {
    NormalizedBatch batch = normalized(text, settings);
    assertThat(bad).singleElement();
    assertThat(bad.get(0).reason()).isEqualTo(BadReason.TOO_LARGE);
    assertThat(bad.get(0).raw()).hasSize(1 << 16);
    assertThat(batch.rows()).containsOnlyKeys("good");
    assertThat(batch.guards()).containsEntry("event_bytes", 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "[]", "[[1]]"})
  void a_list_of_more_elements_than_there_is_memory_for_as_rows(String element) throws IOException {
    isTooLarge(event("{\"event\":\"a\",\"l\":[", i -> element, "]}"), SETTINGS);
  }

  @Test
  void as_many_tables_full_of_rows_as_there_may_be() throws IOException {
    String rows = "[" + "1,".repeat(80_000) + "1]";
    isTooLarge(
        event("{\"event\":\"a\",", i -> "\"k" + i % 250 + "_" + i + "\":" + rows, "}"), SETTINGS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[]", "{}", "\"x\"", "{\"a\":1}"})
  void more_keys_than_there_is_memory_for(String value) throws IOException {
    isTooLarge(event("{\"event\":\"a\",\"z\":0,", i -> key(i) + value, "}"), SETTINGS);
  }

  @Test
  void more_keys_in_a_json_column_than_there_is_memory_for() throws IOException {
    isTooLarge(
        event("{\"event\":\"a\",\"j\":{", i -> key(i) + "1", "}}"), hinted("j", DataType.JSON));
  }

  @Test
  void M14_more_keys_beside_a_repeated_one_than_there_is_memory_for() throws IOException {
    isTooLarge(event("{\"event\":\"a\",\"x\":1,\"x\":2,", i -> key(i) + "1", "}"), SETTINGS);
  }

  @Test
  void M11_more_rows_that_a_contract_drops_than_there_is_memory_for() throws IOException {
    schema = Normalized.text("{\"event\":\"a\"}{\"event\":\"good\"}").batch.schema();
    SchemaContract contract = new SchemaContract(Map.of(Entity.TABLES, Mode.DISCARD_ROW), false);
    isTooLarge(
        event("{\"event\":\"a\",\"l\":[", i -> "1", "]}"),
        SETTINGS.withContracts(new SchemaContracts(contract, Map.of())));
  }

  @Test
  void a_text_as_long_as_an_event() throws IOException {
    String piece = "x".repeat(PIECE_BYTES);
    NormalizedBatch batch =
        normalized(event("{\"event\":\"a\",\"s\":\"", i -> piece, "\"}"), SETTINGS);
    assertThat(batch.rows()).containsEntry("a", 1L);
    assertThat(rowBytes).isGreaterThan(MAX_BYTES - 100_000);
  }

  @Test
  void a_list_of_records_whose_rows_are_half_again_as_long_as_the_event() throws IOException {
    String record = "{\"name\":\"%s\",\"at\":\"2026-01-02T03:04:05Z\"}".formatted("n".repeat(300));
    NormalizedBatch batch =
        normalized(event("{\"event\":\"a\",\"l\":[", i -> record, "]}"), SETTINGS);
    assertThat(batch.rows().get("a__l")).isGreaterThan(190_000);
  }

  @Test
  void what_one_event_took_is_given_back_before_the_next() throws IOException {
    StringBuilder list = new StringBuilder("[1");
    while (list.length() < 1_000_000) {
      list.append(",1");
    }
    Normalizer normalizer =
        new Normalizer(
            Schema.initial("millrace"),
            Map.of(),
            SETTINGS,
            "1700000000.1",
            (table, buffer, offset, length, rows) -> rowBytes += length,
            bad::add);
    for (int i = 0; i < 20; i++) {
      byte[] lost = ("{\"event\":\"t" + i + "\",\"l\":" + list + "],\"x\":}\n").getBytes(UTF_8);
      normalizer.message(lost, 0, lost.length, Normalized.ORIGIN);
    }
    assertThat(normalizer.finish().bad()).isEqualTo(20);
  }

  private static NormalizerSettings hinted(String column, DataType type) {
    return SETTINGS.withColumnHints(
        Map.of("a", Map.of(column, new ColumnHint(type, null, Map.of()))));
  }

  private static String key(int number) {
    return '"' + Integer.toString(number, 36) + "\":";
  }
}
