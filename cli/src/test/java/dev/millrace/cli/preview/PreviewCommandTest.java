package dev.millrace.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreviewCommandTest {
  private static final String ORDERS =
      """
      {"event": "Order Completed", "messageId": "m1", "total": 12.5, "products": [{"name": "Mug"}, {"name": "Hat"}]}
      {"event": "Order Completed", "messageId": "m2", "total": 3.0, "products": []}
      """;

  /** Brings a column, a variant and a table to {@link #ORDERS}. */
  private static final String CHANGED =
      """
      {"event": "Order Completed", "messageId": "m3", "total": 1.0}
      {"event": "Order Completed", "messageId": "m4", "total": "free", "coupon": "X"}
      {"event": "Order Refunded", "messageId": "m5"}
      """;

  @TempDir private Path folder;

  @Test
  void tables_columns_types_and_rows_are_shown_and_nothing_is_written() throws IOException {
    Run run = preview(write("orders.jsonl", ORDERS));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("order_completed: 2 rows\n", "order_completed__products: 2 rows\n")
        .containsPattern("(?m)^  total +double$")
        .containsPattern("(?m)^  name +text$")
        .contains("and the system columns _dlt_parent_id, _dlt_list_idx")
        .contains("Bad events\n  none\n")
        .endsWith("1 file: 2 events read = 2 loaded + 0 duplicates + 0 bad\n");
    assertThat(list(folder)).containsExactly("orders.jsonl");
  }

  @Test
  void files_are_one_batch_and_the_same_content_counts_once() throws IOException {
    Path first = write("first.jsonl", ORDERS);
    Path copy = write("copy.jsonl", ORDERS);
    Path again = write("again.jsonl", ORDERS + "{\"event\": \"a\"}\n");

    assertThat(json(preview(first, copy.toString(), again.toString(), "--json")).path("events"))
        .hasToString("{\"read\":5,\"loaded\":3,\"duplicate\":2,\"bad\":0}");
  }

  @Test
  void gzip_and_standard_input_are_read() throws IOException {
    Path packed = folder.resolve("orders.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((ORDERS + "7\n").getBytes(StandardCharsets.UTF_8));
    }
    Run ofGzip = preview(packed);
    InputStream before = System.in;
    Run ofInput;
    try {
      System.setIn(new ByteArrayInputStream((ORDERS + "7\n").getBytes(StandardCharsets.UTF_8)));
      ofInput = Run.millrace("preview", "-");
    } finally {
      System.setIn(before);
    }

    assertThat(ofGzip.out()).containsPattern("orders.jsonl.gz line 3: not_an_object");
    assertThat(ofInput.out()).containsPattern("standard input line 3: not_an_object");
    assertThat(ofInput.out()).contains("order_completed: 2 rows");
  }

  @Test
  void avro_events_are_known_by_their_message() throws IOException {
    Path batch = AvroFile.write(folder.resolve("b.avro"), List.of("{\"event\": \"a\"}", "7"));

    JsonNode at = json(preview(batch, "--json")).at("/bad/first/0/at");

    assertThat(at.path("message_number").asInt()).isOne();
    assertThat(at.path("line").isNull()).isTrue();
    assertThat(preview(batch).out()).containsPattern("b.avro message 2: not_an_object");
  }

  @Test
  void a_list_at_the_top_is_read_as_its_elements() throws IOException {
    assertThat(preview(write("list.json", "[{\"event\": \"a\"},\n {\"event\": \"a\"}]\n")).out())
        .contains("a: 2 rows");
  }

  @Test
  void another_field_can_name_the_events() throws IOException {
    Path file = write("github.json", "{\"type\": \"PushEvent\"}\n");

    assertThat(preview(file, "--event-field", "type").out()).contains("push_event: 1 row");
  }

  @Test
  void bad_events_are_shown_with_place_reason_and_detail() throws IOException {
    Run run = preview(write("mixed.jsonl", ORDERS + "{\"event\": cut\n7\n"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("mixed.jsonl line 3: malformed: \\S+")
        .containsPattern("mixed.jsonl line 4: not_an_object: an event is a JSON object")
        .contains("4 events read = 2 loaded + 0 duplicates + 2 bad");
  }

  @Test
  void many_bad_events_are_counted_and_the_first_listed() throws IOException {
    Path file = write("bad.jsonl", "7\n".repeat(150) + "{]\n");

    JsonNode bad = json(preview(file, "--json")).path("bad");

    assertThat(bad.at("/by_reason/not_an_object").asInt()).isEqualTo(150);
    assertThat(bad.path("first").size()).isEqualTo(101);
    assertThat(bad.path("not_listed").asInt()).isEqualTo(50);
    assertThat(preview(file).out()).contains("and 126 more");
  }

  @Test
  void settings_hold_and_what_a_contract_drops_is_shown() throws IOException {
    Path schema = schemaOf(ORDERS);
    Path settings =
        write(
            "millrace.yaml",
            """
            table_contracts:
              order_completed: {columns: discard_value, data_type: freeze}
            guards: {nesting_levels: 1}
            """);

    Run run =
        preview(
            write(
                "changed.jsonl",
                """
                {"event": "Order Completed", "total": 2.0, "coupon": "X"}
                {"event": "Order Completed", "total": "free"}
                """),
            "--settings",
            settings.toString(),
            "--against",
            schema.toString());

    assertThat(run.out())
        .contains("Values that a contract drops")
        .containsPattern("order_completed.coupon +1")
        .contains("changed.jsonl line 2: contract_frozen: column total__v_text of table")
        .contains("2 events read = 1 loaded + 0 duplicates + 1 bad");
  }

  @Test
  void guards_that_acted_are_shown() throws IOException {
    Path settings = write("millrace.yaml", "guards: {tables: 1}\n");
    Path file = write("events.jsonl", "{\"event\": \"a\"}\n{\"event\": \"b\"}\n");

    assertThat(preview(file, "--settings", settings.toString()).out())
        .containsPattern("(?s)Guards that acted.*tables +1");
  }

  @Test
  void against_a_schema_what_is_new_is_shown_with_the_first_event() throws IOException {
    Path schema = schemaOf(ORDERS);

    Run run = preview(write("changed.jsonl", CHANGED), "--against", schema.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("order_completed: 2 rows\n", "order_refunded: 1 row, new\n")
        .containsPattern("(?m)^  total +double$")
        .containsPattern("(?m)^  coupon +text +new$")
        .containsPattern("(?m)^  total__v_text +text +new variant$")
        .containsPattern("new-column +order_completed.coupon +text +\\S*changed.jsonl line 2")
        .containsPattern(
            "variant +order_completed.total__v_text +text, where double does not fit"
                + " +\\S*changed.jsonl line 2")
        .containsPattern("new-table +order_refunded +\\S*changed.jsonl line 3");
  }

  @Test
  void against_a_duckdb_file_is_against_its_newest_schema() throws IOException {
    Path database = folder.resolve("shop.duckdb");
    Run.millrace("load", "--into", database.toString(), write("o.jsonl", ORDERS).toString());
    byte[] before = Files.readAllBytes(database);

    JsonNode known =
        json(preview(write("o2.jsonl", ORDERS), "--against", database.toString(), "--json"));
    JsonNode changed =
        json(preview(write("c.jsonl", CHANGED), "--against", database.toString(), "--json"));

    assertThat(known.path("changes").size()).isZero();
    assertThat(changed.path("changes")).hasSize(3);
    assertThat(Files.readAllBytes(database)).isEqualTo(before);
  }

  @Test
  void a_duckdb_file_without_the_dataset_is_refused() throws IOException {
    Path database = folder.resolve("shop.duckdb");
    Path orders = write("o.jsonl", ORDERS);
    Run.millrace("load", "--into", database.toString(), orders.toString());

    Run run = preview(orders, "--against", database.toString(), "--dataset", "other");

    assertRefused(run, "has no schema other with a table _dlt_version");
    Path settings = write("m.yaml", "schema_name: shop\n");
    assertRefused(
        preview(orders, "--against", database.toString(), "--settings", settings.toString()),
        "has no version of the schema shop in telemetry; it has millrace");
  }

  @Test
  void the_state_of_a_pipeline_is_a_schema_too() throws IOException {
    Path database = folder.resolve("shop.duckdb");
    Path orders = write("o.jsonl", ORDERS);
    Run.millrace("load", "--into", database.toString(), orders.toString());
    Path state;
    try (Stream<Path> files = Files.walk(folder.resolve(".shop.duckdb.work"))) {
      state =
          files
              .filter(file -> file.getFileName().toString().startsWith("schema.json"))
              .filter(Files::isRegularFile)
              .findFirst()
              .orElseThrow();
    }

    Run run = preview(orders, "--against", state.toString(), "--fail-on", "new-table,new-column");

    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void what_is_no_schema_is_refused() throws IOException {
    Path orders = write("o.jsonl", ORDERS);

    assertRefused(preview(orders, "--against", orders.toString()), "is neither a DuckDB file nor");
    assertRefused(preview(orders, "--against", folder.toString()), "is a folder");
    assertRefused(
        preview(orders, "--against", folder.resolve("none").toString()), "none is not there");
  }

  @Test
  void fail_on_names_what_holds_and_its_first_event() throws IOException {
    Path schema = schemaOf(ORDERS);
    Path changed = write("changed.jsonl", CHANGED + "7\n");

    Run run =
        preview(
            changed,
            "--against",
            schema.toString(),
            "--fail-on",
            "new-table,new-column,variant,bad");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            millrace: --fail-on new-table: order_refunded would be a new table, first at FILE line 3
            millrace: --fail-on new-column: order_completed.coupon would be a new column of type text, first at FILE line 2
            millrace: --fail-on variant: order_completed.total__v_text would be a variant of type text, where double does not fit, first at FILE line 2
            millrace: --fail-on bad: not_an_object at FILE line 4: an event is a JSON object
            """
                .replace("FILE", changed.toString()));
  }

  @Test
  void fail_on_asks_for_nothing_else() throws IOException {
    Path schema = schemaOf(ORDERS);
    String against = schema.toString();
    Path column =
        write("c.jsonl", "{\"event\": \"Order Completed\", \"total\": 1.5, \"coupon\": \"X\"}\n");

    assertThat(preview(column, "--against", against, "--fail-on", "new-column").exitCode())
        .isEqualTo(1);
    assertThat(
            preview(column, "--against", against, "--fail-on", "new-table,variant,bad").exitCode())
        .isZero();
    assertThat(preview(column, "--fail-on", "new-table").exitCode()).isEqualTo(1);
    assertThat(preview(write("o.jsonl", ORDERS), "--fail-on", "variant,bad").exitCode()).isZero();
  }

  @Test
  void fail_on_new_column_without_a_schema_is_refused_for_it_could_not_fail() throws IOException {
    assertRefused(
        preview(write("o.jsonl", ORDERS), "--fail-on", "new-column"),
        "--fail-on new-column needs --against");
  }

  @Test
  void fail_on_something_else_is_refused_with_what_there_is() throws IOException {
    assertRefused(
        preview(write("o.jsonl", ORDERS), "--fail-on", "worse"),
        "new-table, new-column, variant, bad");
  }

  @Test
  void out_has_rows_and_schema_that_a_preview_can_be_held_against() throws IOException {
    Path out = folder.resolve("rows");
    Path orders = write("o.jsonl", ORDERS);

    Run run = preview(orders, "--out", out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(list(out))
        .containsExactly(
            "order_completed.jsonl",
            "order_completed__products.jsonl",
            "preview.json",
            "schema.json");
    assertThat(Files.readAllLines(out.resolve("order_completed.jsonl")))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"total\":12.5", "\"_dlt_load_id\":\"preview\"", "1970-01-01T00:00:00");
    assertThat(json(Files.readString(out.resolve("preview.json"))).at("/tables/0/file").asString())
        .isEqualTo("order_completed.jsonl");
    assertThat(
            preview(
                    orders,
                    "--against",
                    out.resolve("schema.json").toString(),
                    "--fail-on",
                    "new-table,new-column,variant,bad")
                .exitCode())
        .isZero();
  }

  @Test
  void out_is_written_over_where_it_is_an_earlier_previews() throws IOException {
    Path out = folder.resolve("rows");
    preview(write("o.jsonl", ORDERS), "--out", out.toString());

    Run run = preview(write("a.jsonl", "{\"event\": \"a\"}\n"), "--out", out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(list(out)).containsExactly("a.jsonl", "preview.json", "schema.json");
  }

  @Test
  void out_with_anything_else_in_it_is_refused_and_left_alone() throws IOException {
    Path out = folder.resolve("rows");
    preview(write("o.jsonl", ORDERS), "--out", out.toString());
    Files.writeString(out.resolve("notes.txt"), "mine");

    Run run = preview(write("a.jsonl", "{\"event\": \"a\"}\n"), "--out", out.toString());

    assertRefused(run, "is not empty, and no preview wrote notes.txt in it");
    assertThat(list(out)).contains("notes.txt", "order_completed.jsonl");
    Path file = out.resolve("notes.txt");
    assertRefused(preview(write("b.jsonl", "{}"), "--out", file.toString()), "is a file");
  }

  @Test
  void out_in_the_place_of_the_events_is_refused() throws IOException {
    Path out = folder.resolve("rows");
    preview(write("o.jsonl", ORDERS), "--out", out.toString());

    Run run = preview(out.resolve("order_completed.jsonl"), "--out", out.toString());

    assertRefused(run, "which is written anew");
    assertThat(list(out)).contains("order_completed.jsonl");
  }

  @Test
  void out_of_a_preview_that_fails_holds_nothing() throws IOException {
    Path out = folder.resolve("rows");
    Path damaged = folder.resolve("damaged.gz");
    Files.write(damaged, new byte[] {0x1f, (byte) 0x8b, 0, 0});

    Run run = preview(write("o.jsonl", ORDERS), damaged.toString(), "--out", out.toString());

    assertRefused(run, "damaged.gz: nothing in the object can be read");
    assertThat(list(out)).isEmpty();
  }

  @Test
  void a_table_with_a_name_that_no_file_can_have_gets_another() throws IOException {
    Path out = folder.resolve("rows");
    String name = "x".repeat(299);

    Run run = preview(write("o.jsonl", "{\"event\": \"" + name + "\"}\n"), "--out", out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    String file =
        json(Files.readString(out.resolve("preview.json"))).at("/tables/0/file").asString();
    assertThat(out.resolve(file)).exists();
  }

  @Test
  void files_that_can_not_be_used_end_in_2() throws IOException {
    assertRefused(preview(folder.resolve("missing.jsonl")), "missing.jsonl is not there");
    assertRefused(preview(folder), "is a folder; name the files in it");
    assertThat(Run.millrace("preview").exitCode()).isEqualTo(2);
  }

  @Test
  void settings_that_are_wrong_are_refused_with_their_line() throws IOException {
    Path settings = write("millrace.yaml", "dataset: shop\nprivacy: {rules: [{path: a}]}\n");

    assertRefused(
        preview(write("o.jsonl", ORDERS), "--settings", settings.toString()),
        "millrace.yaml:2: privacy.rules.action is missing");
  }

  @Test
  void privacy_rules_hold_in_rows_and_what_is_shown() throws IOException {
    Path out = folder.resolve("rows");
    Path settings = write("millrace.yaml", "privacy: {rules: [{path: email, action: mask}]}\n");

    preview(
        write("o.jsonl", "{\"event\": \"a\", \"email\": \"me@example.com\"}\n"),
        "--settings",
        settings.toString(),
        "--out",
        out.toString());

    assertThat(Files.readString(out.resolve("a.jsonl"))).contains("***").doesNotContain("me@");
  }

  @Test
  void an_empty_file_has_no_events() throws IOException {
    Run run = preview(write("empty.jsonl", ""));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("0 events read");
  }

  private static void assertRefused(Run run, String why) {
    assertThat(run.err()).contains(why).doesNotContain("\tat ", "MILLRACE_DEBUG");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private Path schemaOf(String events) throws IOException {
    Path out = folder.resolve("known");
    preview(write("known.jsonl", events), "--out", out.toString());
    return out.resolve("schema.json");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static JsonNode json(Run run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return json(run.out());
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  private static Run preview(Path file, String... more) {
    return Run.millrace(
        Stream.concat(Stream.of("preview", file.toString()), Stream.of(more))
            .toArray(String[]::new));
  }
}
