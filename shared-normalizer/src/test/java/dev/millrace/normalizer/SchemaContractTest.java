package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a contract forbids, and what becomes of the events that would do it (M11). */
class SchemaContractTest {
  private static final String FIRST = "{\"event\":\"a\",\"x\":1,\"l\":[{\"y\":2}]}";

  private static Normalized after(Entity entity, Mode mode, String text) {
    return Normalized.text(FIRST).then(text, settings(entity, mode));
  }

  private static NormalizerSettings settings(Entity entity, Mode mode) {
    return settings(new SchemaContract(Map.of(entity, mode), false));
  }

  private static NormalizerSettings settings(SchemaContract contract) {
    return NormalizerSettings.DEFAULT.withContracts(new SchemaContracts(contract, Map.of()));
  }

  @Test
  void M11_freeze_quarantines_the_event_that_needs_a_column_and_no_other() {
    Normalized result =
        after(
            Entity.COLUMNS,
            Mode.FREEZE,
            "{\"event\":\"a\",\"new\":1}{\"event\":\"a\",\"x\":2}{\"event\":\"a\",\"new\":null}");
    assertThat(result.badReasons()).containsExactly("contract_frozen");
    assertThat(result.rows("a")).hasSize(2);
    assertThat(result.batch.changes()).isEmpty();
  }

  @Test
  void M11_freeze_of_a_child_tables_columns_quarantines_the_whole_event() {
    Normalized result =
        after(Entity.COLUMNS, Mode.FREEZE, "{\"event\":\"a\",\"l\":[{\"y\":1},{\"z\":1}]}");
    assertThat(result.badReasons()).containsExactly("contract_frozen");
    assertThat(result.rows).isEmpty();
  }

  @Test
  void M11_a_root_row_that_is_discarded_makes_its_event_bad() {
    Normalized result =
        after(Entity.COLUMNS, Mode.DISCARD_ROW, "{\"event\":\"a\",\"l\":[{\"y\":1}],\"new\":1}");
    assertThat(result.badReasons()).containsExactly("contract_discarded");
    assertThat(result.batch.bad()).isEqualTo(1);
    assertThat(result.rows).isEmpty();
  }

  @Test
  void M11_a_child_row_that_is_discarded_is_recorded_and_its_event_loads() {
    Normalized result =
        after(
            Entity.COLUMNS,
            Mode.DISCARD_ROW,
            "{\"event\":\"a\",\"l\":[{\"y\":1},{\"y\":2, \"z\":[1]},{\"new\":1},{\"y\":3}],\"x\":5}");
    assertThat(result.batch.loaded()).isEqualTo(1);
    assertThat(result.batch.bad()).isZero();
    assertThat(result.batch.partialBad()).isEqualTo(1);
    BadEvent dropped = result.bad.get(0);
    assertThat(dropped.partial()).isTrue();
    assertThat(dropped.table()).isEqualTo("a__l");
    assertThat(new String(dropped.raw(), StandardCharsets.UTF_8)).isEqualTo("{\"new\":1}");
    assertThat(dropped.eventId()).isEqualTo(result.onlyRow("a").get("_dlt_id").asString());
    assertThat(result.rows("a__l"))
        .extracting(row -> row.get("_dlt_list_idx").asInt())
        .containsExactly(0, 1, 3);
    assertThat(result.onlyRow("a").get("x").asInt()).isEqualTo(5);
  }

  @Test
  void M11_with_a_discarded_row_go_the_rows_below_it_and_what_they_added() {
    Normalized result =
        after(
            Entity.COLUMNS,
            Mode.DISCARD_ROW,
            "{\"event\":\"a\",\"l\":[{\"y\":1,\"m\":[{\"k\":1}],\"new\":1}]}");
    assertThat(result.rows).containsOnlyKeys("a");
    assertThat(result.batch.schema().table("a__l__m")).isNull();
    assertThat(result.batch.partialBad()).isEqualTo(1);
  }

  @Test
  void M11_a_discarded_value_is_counted_by_table_and_column() {
    Normalized result =
        after(
            Entity.COLUMNS,
            Mode.DISCARD_VALUE,
            "{\"event\":\"a\",\"new\":1,\"x\":2}{\"event\":\"a\",\"new\":{\"deep\":1}}");
    assertThat(result.rows("a")).hasSize(2);
    assertThat(result.rows("a").get(0).get("x").asInt()).isEqualTo(2);
    assertThat(result.batch.discardedValues()).isEqualTo(Map.of("a.new", 1L, "a.new__deep", 1L));
  }

  @Test
  void M11_values_discarded_from_a_bad_event_are_not_counted() {
    Normalized result = after(Entity.COLUMNS, Mode.DISCARD_VALUE, "{\"event\":\"a\",\"new\":1,}\n");
    assertThat(result.badReasons()).containsExactly("malformed");
    assertThat(result.batch.discardedValues()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DISCARD_ROW", "DISCARD_VALUE"})
  void M11_on_tables_both_ways_of_discarding_drop_the_row(Mode mode) {
    Normalized result =
        after(
            Entity.TABLES,
            mode,
            "{\"event\":\"b\"}{\"event\":\"a\",\"n\":[1,{\"deep\":[2]}],\"x\":3}");
    assertThat(result.batch.bad()).isEqualTo(1);
    assertThat(result.batch.partialBad()).isEqualTo(2);
    assertThat(result.badReasons())
        .containsExactly("contract_discarded", "contract_discarded", "contract_discarded");
    assertThat(result.rows).containsOnlyKeys("a");
  }

  @Test
  void M11_freeze_of_tables_quarantines_the_event_that_needs_one() {
    Normalized result =
        after(Entity.TABLES, Mode.FREEZE, "{\"event\":\"b\"}{\"event\":\"a\",\"n\":[1]}" + FIRST);
    assertThat(result.badReasons()).containsExactly("contract_frozen", "contract_frozen");
    assertThat(result.rows("a")).hasSize(1);
  }

  @Test
  void M11_a_table_may_add_columns_during_the_whole_batch_that_creates_it() {
    Normalized result =
        after(
            Entity.COLUMNS,
            Mode.FREEZE,
            "{\"event\":\"b\",\"l\":[{\"p\":1}]}{\"event\":\"b\",\"q\":1,\"l\":[{\"r\":1}]}");
    assertThat(result.bad).isEmpty();
    Normalized later =
        result.then("{\"event\":\"b\",\"s\":1}", settings(Entity.COLUMNS, Mode.FREEZE));
    assertThat(later.badReasons()).containsExactly("contract_frozen");
  }

  @Test
  void M11_a_value_of_another_type_falls_under_data_type() {
    String text = "{\"event\":\"a\",\"x\":\"17\"}{\"event\":\"a\",\"x\":\"text\"}";
    assertThat(after(Entity.DATA_TYPE, Mode.FREEZE, text).badReasons())
        .containsExactly("contract_frozen");
    assertThat(after(Entity.DATA_TYPE, Mode.DISCARD_ROW, text).badReasons())
        .containsExactly("contract_discarded");
    assertThat(after(Entity.DATA_TYPE, Mode.DISCARD_VALUE, text).batch.discardedValues())
        .isEqualTo(Map.of("a.x__v_text", 1L));
    assertThat(after(Entity.COLUMNS, Mode.FREEZE, text).bad).isEmpty();
  }

  @Test
  void M11_a_contract_of_a_root_table_holds_for_the_tables_below_it() {
    NormalizerSettings settings =
        NormalizerSettings.DEFAULT.withContracts(
            new SchemaContracts(
                SchemaContract.EVOLVE, Map.of("a", SchemaContract.all(Mode.FREEZE))));
    Normalized result =
        Normalized.text(FIRST)
            .then("{\"event\":\"a\",\"l\":[{\"new\":1}]}{\"event\":\"b\",\"l\":[1]}", settings);
    assertThat(result.badReasons()).containsExactly("contract_frozen");
    assertThat(result.rows).containsOnlyKeys("b", "b__l");
  }

  @Test
  void the_document_notes_the_contract_as_it_was_stated() {
    Normalized result =
        Normalized.text(FIRST).then(FIRST, settings(SchemaContract.all(Mode.DISCARD_VALUE)));
    assertThat(result.batch.schema().settings()).containsEntry("schema_contract", "discard_value");
    assertThat(result.batch.schema().table("a").properties())
        .containsEntry("schema_contract", "discard_value");
    assertThat(List.copyOf(result.batch.schema().table("a__l").properties().keySet()))
        .doesNotContain("schema_contract");
  }
}
