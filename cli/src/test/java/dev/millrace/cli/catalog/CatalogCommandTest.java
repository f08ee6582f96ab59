package dev.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import dev.millrace.cli.show.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {
  private static final String SETTINGS =
      """
      columns:
        "*":
          user_id: {description: The account that was signed in, tags: [pii]}
        order_completed:
          properties__total: {data_type: decimal, description: With tax, tags: [finance]}
      privacy:
        rules:
          - {path: context.ip, action: mask}
          - {path: "**.email", action: drop}
      """;

  private static final String EVENTS =
      """
      {"event": "Order Completed", "messageId": "m1", "userId": "secret-user", "email": "a@example.com", \
      "context": {"ip": "203.0.113.9", "plan": "pro"}, \
      "properties": {"total": 12.5, "note": "<script>alert(1)</script>", "products": [{"name": "Mug"}, {"name": "Hat"}]}}
      {"event": "Order Completed", "messageId": "m2", "context": {"plan": "pro"}, \
      "properties": {"total": "free", "products": [{"name": "Mug"}]}}
      """;

  @TempDir private static Path folder;
  private static Path database;
  private static Path settings;
  private static String page;

  @BeforeAll
  static void a_loaded_shop() throws IOException {
    database = folder.resolve("shop.duckdb");
    settings = Files.writeString(folder.resolve("millrace.yaml"), SETTINGS);
    Path events = Files.writeString(folder.resolve("events.jsonl"), EVENTS);
    Run load =
        Run.millrace(
            "load",
            "--into",
            database.toString(),
            "--settings",
            settings.toString(),
            events.toString());
    assertThat(load.exitCode()).as(load.err()).isZero();
    page = standardOutput().out();
  }

  @Test
  void the_page_is_written_and_said_to_be() throws IOException {
    Path out = Files.writeString(folder.resolve("page.html"), "an older page");
    Run run = catalog("--out", out.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("page.html: 2 event tables, ", "shop.duckdb");
    assertThat(Files.readString(out)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(folder.resolve("page.html.part")).doesNotExist();
  }

  @Test
  void columns_have_what_settings_events_and_loads_say_of_them() {
    assertThat(row("properties__total")).contains("With tax", "finance", "decimal", "50 %", "12.5");
    assertThat(row("properties__total__v_text"))
        .contains("text", "free", "Values of properties__total that");
    assertThat(row("context__plan")).contains("100 %", "pro");
    assertThat(row("name")).contains("Mug", "Hat");
  }

  @Test
  void values_that_are_private_are_nowhere_on_the_page() {
    assertThat(row("user_id")).contains("pii", "hidden: tagged pii");
    assertThat(row("context__ip")).contains("hidden: privacy rule context.ip: mask");
    assertThat(page).doesNotContain("secret-user", "203.0.113.9", "a@example.com", "***");
  }

  @Test
  void the_join_can_be_copied_and_run() {
    String join = text(found("(?<=<code>)SELECT.*?(?=</code></pre>)"));

    TextTable rows = new LocalDataset(database, "telemetry").read(it -> new Loads(it).query(join));

    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.toString()).contains("Mug", "Hat");
  }

  @Test
  void changes_and_system_tables_are_shown() {
    assertThat(text(found("<table class=\"changes\">.*?</table>")))
        .contains("New table", "order_completed__properties__products");
    assertThat(page).contains("_millrace_bad_events");
  }

  @Test
  void values_are_left_out_on_demand() {
    Run run = standardOutput("--no-examples");

    assertThat(run.out()).doesNotContain("Mug").contains("100 %");
  }

  @Test
  void rows_are_not_read_on_demand() {
    Run run = standardOutput("--no-statistics");

    assertThat(run.out()).doesNotContain("Mug", "100 %").contains("No rows were read");
  }

  @Test
  void rows_are_bounded_on_demand() {
    assertThat(standardOutput("--days", "3").out())
        .contains("received in the last 3 days")
        .contains("Mug");
  }

  @Test
  void looking_changes_nothing() throws IOException {
    List<Path> before = files();
    byte[] content = Files.readAllBytes(database);

    standardOutput();

    assertThat(files()).isEqualTo(before);
    assertThat(Files.readAllBytes(database)).isEqualTo(content);
  }

  @Test
  void a_database_that_is_not_there_is_said_to_be_missing_and_is_not_made() {
    Run run = Run.millrace("catalog", "--database", folder.resolve("no.duckdb").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no.duckdb");
    assertThat(folder.resolve("no.duckdb")).doesNotExist();
  }

  @Test
  void a_dataset_that_is_not_there_leaves_the_page_of_another_as_it_is() throws IOException {
    Path out = Files.writeString(folder.resolve("kept.html"), "an older page");
    Path typo = Files.writeString(folder.resolve("typo.yaml"), "dataset: telemtry\n");

    Run run =
        Run.millrace(
            "catalog",
            "--database",
            database.toString(),
            "--settings",
            typo.toString(),
            "--out",
            out.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was loaded into", "telemtry");
    assertThat(Files.readString(out)).isEqualTo("an older page");
  }

  @Test
  void a_place_where_no_page_can_be_is_told_before_the_work() {
    Path nowhere = folder.resolve("nowhere").resolve("page.html");

    assertThat(catalog("--out", nowhere.toString()).exitCode()).isEqualTo(2);
    assertThat(catalog("--out", nowhere.toString()).err()).contains("nowhere", "make it first");
    assertThat(catalog("--out", folder.toString()).err()).contains("is a folder");
  }

  @Test
  void days_that_are_none_are_refused() {
    assertThat(catalog("--days", "-1").exitCode()).isEqualTo(2);
    assertThat(catalog("--days", "-1").err()).contains("--days is -1");
  }

  private static Run standardOutput(String... options) {
    Run run =
        catalog(Stream.concat(Stream.of("--out", "-"), Stream.of(options)).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static Run catalog(String... options) {
    List<String> all =
        List.of("catalog", "--database", database.toString(), "--settings", settings.toString());
    return Run.millrace(Stream.concat(all.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  /** What a reader sees of a column. */
  private static String row(String column) {
    return text(found("<tr[^>]*><th scope=\"row\"><code>" + column + "</code>.*?</tr>"));
  }

  private static String found(String pattern) {
    Matcher matcher = Pattern.compile("(?s)" + pattern).matcher(page);
    assertThat(matcher.find()).as(pattern + " in " + page).isTrue();
    return matcher.group();
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]*>", " ")
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }
}
