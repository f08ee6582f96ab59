package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Deduplication across batches: what one batch made, the next one takes for known. */
class KnownIdsTest {
  private static final String BATCH =
      "{\"event\":\"a\",\"messageId\":\"x\",\"n\":1,\"l\":[1]}"
          + "{\"event\":\"a\",\"messageId\":\"x\",\"n\":2}"
          + "{\"event\":\"b\",\"n\":3}"
          + "{\"event\":\"b\",\"messageId\":\"y\",}\n"
          + "{\"event\":\"b\",\"messageId\":\"y\"}";

  private final List<String> made = new ArrayList<>();

  @Test
  void the_root_ids_of_the_events_that_loaded_are_told_with_their_tables_and_no_others() {
    Normalized result = normalized(BATCH, Set.of(), NormalizerSettings.DEFAULT);
    List<String> inRows = new ArrayList<>();
    for (String table : List.of("a", "b")) {
      result.rows(table).forEach(row -> inRows.add(table + " " + row.get("_dlt_id").asString()));
    }
    assertThat(made).hasSize(3).isEqualTo(inRows);
  }

  @Test
  void M13_an_event_whose_root_id_is_known_is_a_duplicate_and_leaves_nothing() {
    normalized(BATCH, Set.of(), NormalizerSettings.DEFAULT);
    Set<String> known = ids();
    made.clear();

    Normalized again = normalized(BATCH, known, NormalizerSettings.DEFAULT);

    assertThat(again.rows).isEmpty();
    assertThat(made).isEmpty();
    assertThat(again.batch.duplicate()).isEqualTo(4);
    assertThat(again.badReasons()).containsExactly("malformed");
    assertThat(again.batch.changes()).isEmpty();
    assertThat(again.batch.schema().table("a")).isNull();
  }

  @Test
  void M13_an_event_that_is_not_known_loads_among_those_that_are() {
    normalized(BATCH, Set.of(), NormalizerSettings.DEFAULT);

    Normalized again =
        normalized(
            BATCH + "{\"event\":\"a\",\"messageId\":\"z\",\"l\":[7]}",
            ids(),
            NormalizerSettings.DEFAULT);

    assertThat(again.batch.loaded()).isEqualTo(1);
    assertThat(again.onlyRow("a__l").get("value").asInt()).isEqualTo(7);
    assertThat(again.batch.rows()).containsOnlyKeys("a", "a__l");
  }

  @Test
  void M13_an_event_without_a_message_id_is_known_by_its_place() {
    normalized("{\"event\":\"a\"}", Set.of(), NormalizerSettings.DEFAULT);

    Normalized again =
        normalized("{\"event\":\"a\"}{\"event\":\"a\"}", ids(), NormalizerSettings.DEFAULT);

    assertThat(again.batch.duplicate()).isEqualTo(1);
    assertThat(again.batch.loaded()).isEqualTo(1);
  }

  @Test
  void M3_an_event_that_is_trusted_with_its_own_id_is_known_by_that() {
    NormalizerSettings trusting = NormalizerSettings.DEFAULT.withTrustSystemKeys(true);
    normalized("{\"event\":\"a\",\"_dlt_id\":\"näher\"}{\"event\":\"b\"}", Set.of(), trusting);
    assertThat(made).first().isEqualTo("a näher");

    Normalized again =
        normalized("{\"event\":\"c\",\"_dlt_id\":\"näher\"}{\"event\":\"b\"}", ids(), trusting);

    assertThat(again.batch.duplicate()).isEqualTo(2);
    assertThat(again.rows).isEmpty();
  }

  private Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    made.forEach(each -> ids.add(each.substring(each.indexOf(' ') + 1)));
    return ids;
  }

  private Normalized normalized(String text, Set<String> known, NormalizerSettings settings) {
    return Normalized.run(
        settings,
        Schema.initial("millrace"),
        normalizer -> {
          normalizer.knownIds(
              (id, offset, length) ->
                  known.contains(new String(id, offset, length, StandardCharsets.UTF_8)));
          normalizer.rootIds(
              (table, id, offset, length) ->
                  made.add(table + " " + new String(id, offset, length, StandardCharsets.UTF_8)));
          normalizer.text(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Normalized.ORIGIN);
        });
  }
}
