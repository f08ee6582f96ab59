package dev.millrace.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.normalizer.ids.RootIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person is told of three files: two that were loaded, and one that could not be. */
class InspectTest {
  private static final String FIRST =
      """
      {"event": "Order Completed", "messageId": "m1", "properties": {"total": 12.5, "products": [{"name": "Mug", "tags": [{"t": 1}]}, {"name": "Hat"}]}}
      {"event": "Order Completed", "messageId": "m2", "properties": {"total": 3.0}}
      {"event": "Order Completed", "messageId": "m2", "properties": {"total": 3.0}}
      ["secret-payload"]
      """;
  private static final String SECOND =
      """
      {"event": "Order Completed", "messageId": "m1", "properties": {"total": "twelve", "products": [{"name": "Mug"}]}}
      {"event": "Order Completed", "messageId": "m3", "properties": {"coupon": "x"}}
      """;
  private static final String BROKEN = "Obj\u0001 and nothing that Avro would have";

  private static final Map<String, String> LOAD_IDS = new HashMap<>();

  @TempDir private static Path folder;
  private static Path database;

  @BeforeAll
  static void load() throws IOException {
    database = folder.resolve("shop.duckdb");
    List<String> arguments = new ArrayList<>(List.of("load", "--into", database.toString()));
    for (String content : List.of(FIRST, SECOND, BROKEN)) {
      Path file = folder.resolve(arguments.size() + ".jsonl");
      arguments.add(Files.writeString(file, content, StandardCharsets.ISO_8859_1).toString());
    }
    Run run = Run.millrace(arguments.toArray(String[]::new));
    assertThat(run.err())
        .hasLineCount(1)
        .contains("is not loaded: nothing in the object can be read");
  }

  private static Run inspect(String... arguments) {
    List<String> all = new ArrayList<>(List.of("inspect"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--database", database.toString()));
    return Run.millrace(all.toArray(String[]::new));
  }

  private static String text(String... arguments) {
    Run run = inspect(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return JsonMapper.builder().build().readTree(text(all.toArray(String[]::new)));
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.get(key).asString()));
    return texts;
  }

  private static String loadIdOf(String content) {
    return LOAD_IDS.computeIfAbsent(
        content, any -> json("batch", sha256(content)).get("load_id").asString());
  }

  @Test
  void batches_are_listed_newest_first_with_their_events_and_why_they_failed() {
    assertThat(text("batches"))
        .contains("load id", "created (UTC)", "state", "read", "lag", "object")
        .containsSubsequence(
            "failed", "loaded     2", "loaded     4", "Why they failed", "object_unreadable")
        .contains(
            "3 batches in " + database, "1 failed; 6 events read = 4 loaded + 1 duplicate + 1 bad");
  }

  @Test
  void batches_for_scripts_have_the_words_of_the_table() {
    JsonNode document = json("batches");

    assertThat(document.get("dataset").asString()).isEqualTo(database + ", schema telemetry");
    assertThat(document.get("total").toString())
        .isEqualTo(
            "{\"batches\":3,\"loaded\":2,\"failed\":1,\"events_read\":6,\"events_loaded\":4,"
                + "\"events_duplicate\":1,\"events_bad\":1}");
    assertThat(texts(document.get("batches"), "state"))
        .containsExactly("failed", "loaded", "loaded");
    assertThat(texts(document.get("batches"), "object"))
        .containsExactly(sha256(BROKEN), sha256(SECOND), sha256(FIRST));
    assertThat(document.get("batches").get(2).get("lag_seconds").asDouble()).isPositive();
    assertThat(document.get("batches").get(0).get("code").asString())
        .isEqualTo("object_unreadable");
  }

  @Test
  void batches_can_be_chosen_by_state_and_time_and_limited() {
    assertThat(texts(json("batches", "--state", "failed").get("batches"), "state"))
        .containsExactly("failed");
    assertThat(json("batches", "--since", "1h").get("batches")).hasSize(3);
    assertThat(text("batches", "--limit", "1"))
        .contains("(the newest 1 are listed; --limit lists more)");
  }

  @Test
  void a_batch_is_shown_with_everything_about_it() {
    String text = text("batch", sha256(FIRST));

    assertThat(text)
        .contains("Batch " + loadIdOf(FIRST), "content/" + sha256(FIRST))
        .contains(
            "4 events read = 2 loaded + 1 duplicate + 1 bad", "text, " + FIRST.length() + " B")
        .containsSubsequence(
            "Timings (UTC)", "first published", "created", "sealed", "committed", "lag")
        .containsPattern("order_completed +2\n")
        .containsPattern("not_an_object +1\n")
        .containsSubsequence("Schema changes", "new-table", "order_completed");
  }

  @Test
  void a_batch_is_found_by_its_load_id_too_and_for_scripts() {
    String loadId = loadIdOf(SECOND);
    JsonNode batch = json("batch", loadId);

    assertThat(batch.get("object").asString()).isEqualTo(sha256(SECOND));
    assertThat(batch.get("complete").asBoolean()).isTrue();
    assertThat(batch.get("rows_loaded").get("order_completed").asLong()).isEqualTo(2);
    assertThat(texts(batch.get("schema_changes"), "kind")).containsOnly("new-column", "variant");
    assertThat(batch.get("outcomes")).hasSize(1);
    assertThat(batch.get("first_received_at").asString()).startsWith("20");
  }

  @Test
  void a_batch_that_is_not_all_in_says_so_and_shows_every_outcome(@TempDir Path other)
      throws Exception {
    Path copy = Files.copy(database, other.resolve("copy.duckdb"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM telemetry._dlt_loads");
      statement.execute(
          "UPDATE telemetry._millrace_batches SET object = 'orders', bucket = 'b', generation = 5"
              + " WHERE load_id = '%s'".formatted(loadIdOf(FIRST)));
      statement.execute(
          """
          INSERT INTO telemetry._millrace_batches (recorded_at, load_id, bucket, object, generation, state, code, detail)
          SELECT recorded_at - INTERVAL 1 MINUTE, load_id, bucket, object, generation, 'failed', 'object_gone', 'it is gone'
          FROM telemetry._millrace_batches WHERE object = 'orders'""");
      statement.execute(
          "UPDATE telemetry._millrace_batches SET object = 'orders', bucket = 'b', generation = 4"
              + " WHERE load_id = '%s'".formatted(loadIdOf(SECOND)));
    }

    Run run = Run.millrace("inspect", "batch", "orders", "--database", copy.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Batch " + loadIdOf(FIRST), "loaded, but _dlt_loads has no row of it yet")
        .containsSubsequence("Every outcome", "loaded", "failed", "object_gone", "it is gone")
        .containsSubsequence("Other generations of the object", loadIdOf(SECOND));
    Run listed = Run.millrace("inspect", "batches", "--database", copy.toString());
    assertThat(listed.out()).contains("3 batches in", "1 failed;");
  }

  @Test
  void a_failed_batch_is_shown_with_its_reason() {
    assertThat(text("batch", sha256(BROKEN)))
        .contains("state            failed", "code             object_unreadable", "recorded")
        .doesNotContain("Rows");
  }

  @Test
  void tables_are_listed_with_rows_columns_and_times() {
    assertThat(text("tables"))
        .contains("first seen (UTC)", "newest event (UTC)", "order_completed__properties__products")
        .contains("3 tables in " + label())
        .doesNotContain("_dlt_loads");
    JsonNode orders = json("tables").get("tables").get(0);
    assertThat(orders.get("name").asString()).isEqualTo("order_completed");
    assertThat(orders.get("rows").asLong()).isEqualTo(4);
    assertThat(orders.get("first_load_id").asString()).isEqualTo(loadIdOf(FIRST));
    assertThat(orders.get("newest_received_at").asString()).startsWith("20");
    assertThat(texts(json("tables", "--all").get("tables"), "name")).contains("_dlt_loads");
  }

  @Test
  void the_schema_says_since_which_load_and_by_which_row() {
    String first = loadIdOf(FIRST);
    String second = loadIdOf(SECOND);
    assertThat(text("schema", "order_completed"))
        .startsWith("order_completed: 4 rows")
        .containsPattern("message_id +text +" + first)
        .containsPattern("properties__coupon +text +" + second + " .*" + rowId("m3"))
        .containsPattern("_dlt_id +text not null +" + first)
        .doesNotContain("products");
    JsonNode columns = json("schema", "order_completed").get("tables").get(0).get("columns");
    JsonNode variant = named(columns, "properties__total__v_text");
    assertThat(variant.get("type").asString()).isEqualTo("text");
    assertThat(variant.get("physical_type").asString()).isEqualTo("VARCHAR");
    assertThat(variant.get("from_type").asString()).isEqualTo("double");
    assertThat(variant.get("first_row_id").asString()).isEqualTo(rowId("m1"));
    assertThat(texts(json("schema").get("tables"), "name")).hasSize(3);
  }

  @Test
  void columns_of_the_pipelines_own_tables_have_descriptions() {
    assertThat(text("schema", "_millrace_batches"))
        .contains("The batch's load id, as in _dlt_load_id");
  }

  @Test
  void changes_are_listed_newest_first() {
    assertThat(text("changes"))
        .containsSubsequence(
            loadIdOf(SECOND),
            "variant",
            "text, where double does not fit",
            loadIdOf(FIRST),
            "new-table")
        .contains("5 changes in " + label());
    assertThat(texts(json("changes", "--table", "order_completed").get("changes"), "kind"))
        .containsExactly("new-column", "variant", "new-table");
    JsonNode one = json("changes", "--limit", "1");
    assertThat(one.get("total").asLong()).isEqualTo(5);
    assertThat(one.get("changes")).hasSize(1);
  }

  @Test
  void bad_events_are_shown_by_reason_without_their_payload() {
    assertThat(text("bad"))
        .contains("not_an_object", "an event is a JSON object", "load " + loadIdOf(FIRST))
        .doesNotContain("secret-payload");
    assertThat(json("bad").toString())
        .doesNotContain("secret-payload")
        .doesNotContain("c2VjcmV0LXBheWxvYWQ");
  }

  @Test
  void payloads_are_printed_where_they_are_asked_for() {
    assertThat(text("bad", "--show")).contains("\"secret-payload\"");
    JsonNode sample = json("bad", "--show", "--reason", "not_an_object").get("samples").get(0);
    assertThat(sample.get("raw_text").asString()).isEqualTo("\"secret-payload\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bad --reason malformed, no bad events of reason malformed in",
    "bad --since 2100-01-01, no bad events since 2100-01-01 00:00:00 UTC in",
    "batches --since 2100-01-01, no batches since 2100-01-01 00:00:00 UTC in",
    "batches --state failed --since 2100-01-01,"
        + " no batches in state failed since 2100-01-01 00:00:00 UTC in",
    "changes --table order_completed --since 2100-01-01,"
        + " no changes of table order_completed since 2100-01-01 00:00:00 UTC in",
  })
  void where_nothing_is_found_it_is_said_what_was_looked_for(String command, String sentence) {
    assertThat(text(command.split(" "))).isEqualTo(sentence + " " + label() + "\n");
  }

  @Test
  void a_total_says_of_which_batches_it_is() {
    assertThat(text("batches", "--state", "failed"))
        .contains("1 batch in state failed in " + label());
  }

  @Test
  void a_reason_that_nothing_is_bad_for_is_refused_with_those_that_there_are() {
    Run run = inspect("bad", "--reason", "nonsense");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("there is no reason nonsense", "malformed", "refused_by_warehouse");
  }

  @Test
  void an_event_is_found_with_every_row_that_it_became() {
    JsonNode event = json("event", "m1");

    assertThat(event.get("loaded").asBoolean()).isTrue();
    assertThat(event.get("duplicates").asLong()).isEqualTo(1);
    assertThat(texts(event.get("roots"), "load_id"))
        .containsExactly(loadIdOf(FIRST), loadIdOf(SECOND));
    assertThat(texts(event.get("roots"), "row_id")).containsOnly(rowId("m1"));
    assertThat(texts(event.get("descendants"), "table"))
        .containsExactly(
            "order_completed__properties__products",
            "order_completed__properties__products",
            "order_completed__properties__products",
            "order_completed__properties__products__tags");
    assertThat(texts(event.get("batches"), "object"))
        .containsExactly(sha256(FIRST), sha256(SECOND));
    assertThat(text("event", "m1"))
        .contains("loaded, as 6 rows; delivered 1 time more", sha256(FIRST));
  }

  @Test
  void an_event_is_found_by_the_id_of_any_of_its_rows() {
    JsonNode event = json("event", "m3");
    assertThat(texts(json("event", rowId("m3")).get("roots"), "row_id"))
        .isEqualTo(texts(event.get("roots"), "row_id"));
    String tag = texts(json("event", "m1").get("descendants"), "row_id").get(3);
    assertThat(texts(json("event", tag).get("roots"), "row_id")).contains(rowId("m1"));
  }

  @Test
  void a_row_id_in_the_schema_leads_to_the_messageId_of_its_event() {
    JsonNode columns = json("schema", "order_completed").get("tables").get(0).get("columns");
    String row = named(columns, "properties__coupon").get("first_row_id").asString();

    assertThat(texts(json("event", row).get("roots"), "message_id")).containsExactly("m3");
    assertThat(text("event", row)).containsPattern("order_completed +\\S+ +m3 ");
  }

  @Test
  void an_event_that_is_not_there_ends_in_exit_code_1_and_says_where_else_to_look() {
    Run run = inspect("event", "m4", "--since", "1h");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Event m4 is not in " + label(), "millrace reconcile");
    Run scripted = inspect("event", "m4", "--json");
    assertThat(scripted.exitCode()).isEqualTo(1);
    assertThat(scripted.out()).contains("\"found\" : false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch 1795451447.201694004711",
        "batch nope",
        "schema nope",
        "changes --table nope"
      })
  void an_unknown_id_ends_in_exit_code_1_and_says_what_there_is(String arguments) {
    Run run = inspect(arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no ", "; `millrace inspect ").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"batches --limit 0", "batches --state gone", "changes --since soon", "event  "})
  void arguments_that_can_not_be_used_end_in_exit_code_2(String arguments) {
    assertThat(inspect(arguments.split(" ", 3)).exitCode()).isEqualTo(2);
  }

  @Test
  void a_file_that_is_no_database_ends_in_exit_code_2(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("events.jsonl"), "{}");

    Run run = Run.millrace("inspect", "tables", "--database", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(file + " is no DuckDB database");
  }

  @Test
  void a_dataset_that_nothing_was_loaded_into_says_so(@TempDir Path other) throws IOException {
    Files.createDirectories(other.resolve("landing"));

    Run run = Run.millrace("inspect", "batches", "--folder", other.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was loaded into", "_millrace_batches", "--settings");
  }

  @Test
  void without_a_subcommand_it_says_what_there_is() {
    Run run = Run.millrace("inspect");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("batches", "event", "schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad", "batch", "batches", "changes", "event", "schema", "tables"})
  void every_subcommand_explains_itself(String command) {
    Run run = Run.millrace("inspect", command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: millrace inspect " + command, "Examples:", "Exit codes:", "--database");
  }

  private static String sha256(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String label() {
    return database + ", schema telemetry";
  }

  private static String rowId(String messageId) {
    return new RootIds().of("m:" + messageId);
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode each : list) {
      if (each.get("name").asString().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no " + name + " in " + list);
  }
}
