package dev.millrace.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What an event becomes: the design's rules and the departures from dlt. */
class EventRulesTest {
  private static String id(String source) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 10));
  }

  @Test
  void a_root_id_is_made_of_the_message_id() throws Exception {
    JsonNode row = Normalized.text("{\"event\":\"a\",\"messageId\":\"m-\\u0031\"}").onlyRow("a");
    assertThat(row.get("_dlt_id").asString()).isEqualTo(id("m:m-1"));
  }

  @Test
  void a_message_id_may_be_a_number_as_written() throws Exception {
    JsonNode row = Normalized.text("{\"messageId\":1.50,\"event\":\"a\"}").onlyRow("a");
    assertThat(row.get("_dlt_id").asString()).isEqualTo(id("m:1.50"));
  }

  @ParameterizedTest
  @CsvSource({"' '", "true", "null", "[]", "''"})
  void without_a_message_id_the_root_id_is_made_of_the_place(String value) throws Exception {
    String json = value.isBlank() ? '"' + value + '"' : value;
    Normalized result = Normalized.text("17 {\"event\":\"a\",\"messageId\":" + json + "}");
    assertThat(result.onlyRow("a").get("_dlt_id").asString()).isEqualTo(id("b:bucket/name#1:1"));
  }

  @Test
  void every_row_says_when_it_was_received_and_the_root_by_which_load() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"l\":[1]}");
    assertThat(result.onlyRow("a").get("_dlt_load_id").asString())
        .isEqualTo("1700000000.123456000000");
    for (String table : List.of("a", "a__l")) {
      assertThat(result.onlyRow(table).get("_millrace_received_at").asString())
          .isEqualTo("2023-11-14T22:13:20.123456Z");
    }
  }

  @Test
  void M13_the_first_event_with_a_message_id_wins() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"n\":1,\"messageId\":\"x\"}{\"event\":\"b\",\"messageId\":\"x\"}");
    assertThat(result.onlyRow("a").get("n").asInt()).isEqualTo(1);
    assertThat(result.rows("b")).isEmpty();
    assertThat(result.batch.duplicate()).isEqualTo(1);
    assertThat(result.batch.schema().table("b")).isNull();
  }

  @Test
  void M13_a_bad_event_does_not_make_the_next_one_a_duplicate() {
    Normalized result =
        Normalized.text(
            "{\"messageId\":\"x\",\"event\":\"a\",}\n{\"event\":\"a\",\"messageId\":\"x\"}");
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.batch.duplicate()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "identify,identifies",
    "page,pages",
    "screen,screens",
    "group,groups",
    "alias,aliases",
    "track,events",
    "other,events"
  })
  void M2_an_event_without_a_name_goes_to_the_table_of_its_type(String type, String table) {
    assertThat(Normalized.text("{\"type\":\"" + type + "\"}").rows(table)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'\"\"'", "'\" \"'", "'\"__\"'", "17", "null", "[]", "'{\"x\":1}'"})
  void M2_a_name_that_is_none_counts_as_none(String name) {
    assertThat(Normalized.text("{\"event\":" + name + "}").rows("events")).hasSize(1);
  }

  @Test
  void M2_a_system_tables_name_is_prefixed() {
    Normalized result =
        Normalized.text("{\"event\":\"_dlt_loads\"}{\"event\":\"_millrace_batches\"}");
    assertThat(result.rows("event_dlt_loads")).hasSize(1);
    assertThat(result.rows("event_millrace_batches")).hasSize(1);
  }

  @Test
  void M2_a_root_table_that_a_child_table_precedes_gets_a_tag_and_keeps_it() {
    String name = "order__items_" + SnakeCase.tag("Order__items");
    Normalized first =
        Normalized.text("{\"event\":\"order\",\"items\":[1]}{\"event\":\"Order__items\"}");
    assertThat(first.rows("order__items")).hasSize(1);
    assertThat(first.rows(name)).hasSize(1);
    assertThat(first.batch.rawPaths()).containsEntry(name, "Order__items");
    assertThat(first.then("{\"event\":\"Order__items\"}").rows(name)).hasSize(1);
  }

  @Test
  void M2_a_child_table_that_a_root_table_precedes_gets_a_tag() {
    String name = "order__items_" + SnakeCase.tag("Order__Items");
    Normalized result =
        Normalized.text("{\"event\":\"order__items\"}{\"event\":\"Order\",\"Items\":[1]}");
    assertThat(result.rows(name)).hasSize(1);
  }

  @Test
  void M2_a_list_without_rows_takes_no_tables_name() throws Exception {
    Normalized result =
        Normalized.text(
            "{\"event\":\"order\",\"items\":[]}{\"event\":\"order__items\",\"messageId\":\"x\"}"
                + "{\"event\":\"order\",\"items\":[1]}");
    assertThat(result.onlyRow("order__items").get("_dlt_id").asString()).isEqualTo(id("m:x"));
    assertThat(result.rows("order__items_" + SnakeCase.tag("order__items"))).hasSize(1);
  }

  @Test
  void M3_system_columns_of_an_event_are_prefixed_at_every_depth() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"_dlt_id\":\"x\",\"o\":{\"_millrace_x\":1},\"l\":[{\"_dlt_id\":2}]}");
    assertThat(result.onlyRow("a").get("event_dlt_id").asString()).isEqualTo("x");
    assertThat(result.onlyRow("a").get("o__event_millrace_x").asInt()).isEqualTo(1);
    assertThat(result.onlyRow("a__l").get("event_dlt_id").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "_TABLE_SUFFIX, event_table_suffix",
    "_file_name, event_file_name",
    "_PARTITIONTIME, event_partitiontime",
    "_row_timestamp, event_row_timestamp",
    "_colidentifier_x, event_colidentifier_x",
    "_change_type, event_change_type"
  })
  void M3_a_name_that_bigquery_takes_for_no_column_is_prefixed(String key, String column) {
    Normalized result = Normalized.text("{\"event\":\"a\",\"%s\":1}".formatted(key));
    assertThat(result.onlyRow("a").get(column).asInt()).isEqualTo(1);
  }

  @Test
  void M7_two_values_of_one_object_that_claim_one_name_both_survive() {
    String second = "user_id_" + SnakeCase.tag("user_id");
    Normalized result =
        Normalized.text("{\"event\":\"a\",\"USER_ID\":null,\"userId\":1,\"user_id\":2}");
    JsonNode row = result.onlyRow("a");
    assertThat(row.get("user_id").asInt()).isEqualTo(1);
    assertThat(row.get(second).asInt()).isEqualTo(2);
    assertThat(result.batch.schema().table("a").columns().get(second).description())
        .isEqualTo("user_id");
    assertThat(result.batch.rawPaths()).containsEntry("a." + second, "user_id");
  }

  @Test
  void M7_across_objects_the_tag_is_of_the_joined_keys() {
    JsonNode row = Normalized.text("{\"event\":\"a\",\"o__x\":1,\"o\":{\"X\":2}}").onlyRow("a");
    assertThat(row.get("o__x").asInt()).isEqualTo(1);
    assertThat(row.get("o__x_" + SnakeCase.tag("o__X")).asInt()).isEqualTo(2);
  }

  @Test
  void M7_two_lists_that_claim_one_table_both_survive() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"l\":[1],\"L\":[2,3]}");
    assertThat(result.rows("a__l")).hasSize(1);
    assertThat(result.rows("a__l_" + SnakeCase.tag("L"))).hasSize(2);
  }

  @Test
  void M7_a_list_and_a_scalar_do_not_collide() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"l\":[1],\"L\":2}");
    assertThat(result.rows("a__l")).hasSize(1);
    assertThat(result.onlyRow("a").get("l").asInt()).isEqualTo(2);
  }

  @Test
  void M7_a_blank_key_is_empty() {
    Normalized result =
        Normalized.text("{\"event\":\"a\",\" \":1,\"o\":{\"__\":2},\"p\":{\"\":[3]}}");
    assertThat(result.onlyRow("a").get("_empty").asInt()).isEqualTo(1);
    assertThat(result.onlyRow("a").get("o___empty").asInt()).isEqualTo(2);
    assertThat(result.rows("a__p___empty")).hasSize(1);
  }

  @Test
  void M10_received_at_is_the_last_column_of_a_new_table() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"x\":1}{\"event\":\"a\",\"y\":[2]}");
    for (String table : List.of("a", "a__y")) {
      assertThat(result.batch.schema().table(table).columns().keySet())
          .last()
          .isEqualTo("_millrace_received_at");
    }
  }

  @Test
  void M9_columns_stand_in_the_order_of_first_sight() {
    Normalized result =
        Normalized.text("{\"z\":1,\"a\":{\"x\":2,\"b\":3},\"event\":\"t\",\"c\":4}");
    assertThat(result.batch.schema().table("t").columns().keySet())
        .containsExactly(
            "z", "a__x", "a__b", "event", "c", "_dlt_load_id", "_dlt_id", "_millrace_received_at");
  }

  @Test
  void M12_containers_beyond_the_nesting_guard_are_kept_as_json() {
    String open = "{\"o\":".repeat(21);
    Normalized result = Normalized.text("{\"event\":\"a\",\"o\":" + open + "1" + "}".repeat(22));
    JsonNode row = result.onlyRow("a");
    String column = "o" + "__o".repeat(20);
    assertThat(row.get(column).toString()).isEqualTo("{\"o\":1}");
    assertThat(result.batch.guards()).containsEntry("nesting_levels", 1L);
  }

  @Test
  void M12_keys_beyond_the_column_guard_are_kept_in_the_overflow_column() {
    StringBuilder event = new StringBuilder("{\"event\":\"a\"");
    for (int i = 0; i < 30; i++) {
      event.append(",\"k").append(i).append("\":{\"v\":").append(i).append("}");
    }
    NormalizerSettings settings = guarded(new Guards(20, 20, 300, 1 << 20));
    Normalized result = Normalized.text(event.append("}").toString(), settings);
    JsonNode row = result.onlyRow("a");
    JsonNode overflow = row.get("_millrace_overflow");
    for (int i = 0; i < 30; i++) {
      String name = "k" + i + "__v";
      assertThat((row.has(name) ? row : overflow).get(name).asInt()).isEqualTo(i);
    }
    assertThat(overflow.size()).isGreaterThan(5);
    assertThat(result.batch.guards()).containsEntry("columns_per_table", (long) overflow.size());
    assertThat(result.batch.schema().table("a").columns()).hasSizeLessThanOrEqualTo(21);
  }

  @Test
  void M12_beyond_the_table_guard_lists_are_json_and_new_events_go_to_events() {
    NormalizerSettings settings = guarded(new Guards(20, 2_000, 2, 1 << 20));
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"l\":[1]}{\"event\":\"a\",\"m\":[2]}{\"event\":\"b\",\"n\":3}",
            settings);
    assertThat(result.rows("a__l")).hasSize(1);
    assertThat(result.rows("a").get(1).get("m").toString()).isEqualTo("[2]");
    assertThat(result.onlyRow("events").get("n").asInt()).isEqualTo(3);
    assertThat(result.batch.guards()).containsEntry("tables", 2L);
  }

  @Test
  void M14_of_a_repeated_key_the_last_value_wins() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"x\":1,\"o\":{\"y\":[1]},\"x\":2,\"\\u0078\":3,\"o\":{\"y\":[4]}}");
    assertThat(result.onlyRow("a").get("x").asInt()).isEqualTo(3);
    assertThat(result.onlyRow("a__o__y").get("value").asInt()).isEqualTo(4);
  }

  @Test
  void M14_a_repeated_event_name_decides_the_table() {
    Normalized result = Normalized.text("{\"event\":\"a\",\"event\":\"b\"}");
    assertThat(result.rows("b")).hasSize(1);
    assertThat(result.rows("a")).isEmpty();
  }

  @Test
  void M16_nul_is_removed_and_a_lone_surrogate_replaced() {
    JsonNode row =
        Normalized.text("{\"event\":\"a\",\"s\":\"x\\u0000y\\ud800z\\ud83d\\ude00\"}").onlyRow("a");
    assertThat(row.get("s").asString()).isEqualTo("xy\ufffdz\ud83d\ude00");
  }

  @Test
  void M1_a_bad_event_leaves_neither_rows_nor_columns_nor_tables() {
    Normalized result =
        Normalized.text("{\"event\":\"a\",\"l\":[{\"x\":1}],\"y\":nul}\n{\"event\":\"b\",\"z\":1}");
    assertThat(result.rows).containsOnlyKeys("b");
    assertThat(result.batch.schema().table("a")).isNull();
    assertThat(result.batch.schema().table("a__l")).isNull();
    assertThat(result.batch.changes()).extracting(SchemaChange::table).containsExactly("b");
  }

  @Test
  void M1_after_a_bad_event_its_columns_take_the_type_of_the_next_good_one() {
    Normalized result =
        Normalized.text("{\"event\":\"a\",\"x\":1,}\n{\"event\":\"a\",\"x\":\"text\"}");
    assertThat(result.onlyRow("a").get("x").asString()).isEqualTo("text");
  }

  @Test
  void M12_a_guard_that_acts_on_an_event_that_does_not_load_is_not_counted() {
    String deep = "[".repeat(30) + "1" + "]".repeat(30);
    Normalized result =
        Normalized.text(
            "{\"messageId\":1}{\"messageId\":1,\"a\":%s}{\"a\":%s,\"b\":x}\n"
                .formatted(deep, deep));
    assertThat(result.batch.duplicate()).isEqualTo(1);
    assertThat(result.batch.bad()).isEqualTo(1);
    assertThat(result.batch.guards()).isEmpty();
  }

  @Test
  void M12_every_event_over_the_size_limit_is_counted() {
    String large = "{\"s\":\"%s\"}\n";
    Normalized result =
        Normalized.text(
            large.formatted("x".repeat(1 << 20)) + large.formatted("x".repeat(4 << 20)) + "{}");
    assertThat(result.batch.guards()).containsEntry("event_bytes", 2L);
  }

  @Test
  void M12_what_overflows_is_clean_as_any_json_column() {
    StringBuilder event = new StringBuilder("{\"event\":\"a\"");
    for (int i = 0; i < 12; i++) {
      event.append(",\"k").append(i).append("\":1");
    }
    event.append(",\"s\":\"x\\u0000\\ud800\\n\",\"n\":1e400,\"i\":").append("9".repeat(30));
    NormalizerSettings settings = guarded(new Guards(20, 12, 300, 1 << 20));
    JsonNode overflow =
        Normalized.text(event + "}", settings).onlyRow("a").get("_millrace_overflow");
    assertThat(overflow.get("s").asString()).isEqualTo("x\ufffd\n");
    assertThat(overflow.get("n").isString()).isTrue();
    assertThat(overflow.get("i").asString()).isEqualTo("9".repeat(30));
  }

  @Test
  void M7_a_variant_whose_name_and_tagged_name_the_row_has_gets_another() {
    String name = "x__v_text";
    String tagged = name + "_" + SnakeCase.tag("x");
    Normalized first = Normalized.text("{\"event\":\"a\",\"x\":1}");
    JsonNode row =
        first
            .then(
                "{\"event\":\"a\",\"%s\":\"one\",\"%s\":\"two\",\"x\":\"three\"}"
                    .formatted(name, tagged))
            .onlyRow("a");
    assertThat(row.get(name).asString()).isEqualTo("one");
    assertThat(row.get(tagged).asString()).isEqualTo("two");
    assertThat(row.toString()).contains("three");
  }

  @Test
  void M7_values_of_one_row_that_have_the_same_raw_path_all_survive() {
    JsonNode row =
        Normalized.text(
                "{\"event\":\"a\",\"x__y__z\":1,\"x\":{\"y__z\":2,\"y\":{\"z\":3}},"
                    + "\"x__y\":{\"z\":4}}")
            .onlyRow("a");
    for (int value = 1; value <= 4; value++) {
      assertThat(row.toString()).contains(":" + value);
    }
  }

  @Test
  void M7_a_description_holds_no_more_of_a_raw_key_than_BigQuery_takes() {
    String key = "k\ud83d\ude00".repeat(500);
    Normalized result = Normalized.text("{\"event\":\"a\",\"%s\":1,\"%s \":2}".formatted(key, key));
    assertThat(result.batch.schema().table("a").columns().values())
        .filteredOn(column -> column.description() != null)
        .singleElement()
        .satisfies(column -> assertThat(key).startsWith(column.description()));
  }

  @Test
  void M3_a_trusted_event_whose_keys_meet_in_a_system_column_has_it_once() {
    NormalizerSettings trusting =
        NormalizerSettings.DEFAULT.withRootKey(true).withTrustSystemKeys(true);
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\",\"_dlt_id\":\"\",\"_DLT_id\":\"x\","
                + "\"l\":[{\"_dlt_root_id\":\"y\",\"_dltId\":\"z\"}]}",
            trusting);
    String root = result.onlyRow("a").get("_dlt_id").asString();
    assertThat(root).hasSize(14);
    assertThat(result.onlyRow("a__l").get("_dlt_root_id").asString()).isEqualTo(root);
    assertThat(result.onlyRow("a__l").toString()).contains("\"y\"", "\"z\"");
  }

  @Test
  void a_null_where_a_hint_demands_a_value_makes_the_event_bad() {
    Normalized result =
        Normalized.text(
            "{\"event\":\"a\"}{\"event\":\"a\",\"n\":1}{\"event\":\"b\"}", requiring("a", "n"));
    assertThat(result.bad.get(0).detail()).isEqualTo("column n of table a must have a value");
    assertThat(result.badReasons()).containsExactly("null_in_required");
    assertThat(result.rows("a")).hasSize(1);
    assertThat(result.rows("b")).hasSize(1);
  }

  @Test
  void M3_a_trusted_id_keeps_its_type_in_the_rows_below_it() {
    NormalizerSettings trusting = NormalizerSettings.DEFAULT.withTrustSystemKeys(true);
    Normalized first =
        Normalized.text("{\"event\":\"a\",\"_dlt_id\":42,\"l\":[{\"m\":[1]}]}", trusting);
    assertThat(first.onlyRow("a__l").get("_dlt_parent_id").isNumber()).isTrue();
    assertThat(first.onlyRow("a__l__m").get("_dlt_parent_id").asString())
        .isEqualTo(first.onlyRow("a__l").get("_dlt_id").asString());

    Normalized second =
        first.then("{\"event\":\"a\",\"_dlt_id\":\"r\",\"l\":[1]}{\"event\":\"a\"}", trusting);
    assertThat(second.badReasons()).containsExactly("cannot_coerce", "cannot_coerce");
  }

  @Test
  void M3_a_trusted_root_key_is_handed_down_from_the_next_batch_on() {
    NormalizerSettings trusting = NormalizerSettings.DEFAULT.withTrustSystemKeys(true);
    Normalized first = Normalized.text("{\"event\":\"a\",\"_dlt_root_id\":\"rr\"}", trusting);
    Normalized second =
        first.then(
            "{\"event\":\"a\",\"_dlt_id\":\"r\",\"_dlt_root_id\":\"rr\",\"l\":[1]}", trusting);
    assertThat(second.onlyRow("a__l").get("_dlt_root_id").asString()).isEqualTo("r");
  }

  @Test
  void a_table_of_the_schema_may_say_how_deep_its_events_are_taken_apart() {
    Schema schema =
        Schema.initial("millrace")
            .with(
                List.of(
                    new Table("a", Map.of(), Map.of("x-normalizer", Map.of("max_nesting", 1)))));
    String properties = "\"x\":{\"y\":{\"z\":1}},\"l\":[{\"m\":[1]}]}";
    Normalized result =
        Normalized.text(
            ("{\"event\":\"a\"," + properties + "{\"event\":\"b\"," + properties)
                .getBytes(StandardCharsets.UTF_8),
            NormalizerSettings.DEFAULT,
            schema);
    assertThat(result.onlyRow("a").get("x__y").toString()).isEqualTo("{\"z\":1}");
    assertThat(result.onlyRow("a__l").get("m").toString()).isEqualTo("[1]");
    assertThat(result.onlyRow("b").get("x__y__z").asInt()).isEqualTo(1);
    assertThat(result.batch.guards()).isEmpty();
  }

  @Test
  void a_new_column_and_a_variant_of_an_old_table_are_told_with_the_first_row_that_needed_them() {
    Normalized first = Normalized.text("{\"event\":\"a\",\"x\":1}");
    Normalized second = first.then("{\"event\":\"a\",\"x\":\"t\",\"y\":true}");
    String row = second.onlyRow("a").get("_dlt_id").asString();
    assertThat(second.batch.changes())
        .extracting(
            change -> change.kind().word() + " " + change.column() + " " + change.firstRowId())
        .containsExactly("variant x__v_text " + row, "new-column y " + row);
  }

  @Test
  void where_nothing_is_new_the_schema_is_the_very_same() {
    Normalized first = Normalized.text("{\"event\":\"a\",\"x\":1,\"l\":[{\"y\":2}]}");
    Normalized second = first.then("{\"event\":\"a\",\"x\":5,\"l\":[{\"y\":6}]}");
    assertThat(second.batch.schema()).isSameAs(first.batch.schema());
    assertThat(second.batch.changes()).isEmpty();
  }

  private static NormalizerSettings requiring(String table, String column) {
    return NormalizerSettings.DEFAULT.withColumnHints(
        Map.of(table, Map.of(column, new NormalizerSettings.ColumnHint(null, false, Map.of()))));
  }

  private static NormalizerSettings guarded(Guards guards) {
    return NormalizerSettings.DEFAULT.withGuards(guards);
  }
}
