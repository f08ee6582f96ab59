package dev.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.show.Loads;
import dev.millrace.cli.show.LocalDataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
  private static final String ORDERS =
      """
      {"event": "Order Completed", "messageId": "m1", "properties": {"total": 12.5, "products": [{"name": "Mug"}, {"name": "Hat"}]}}
      {"event": "Order Completed", "messageId": "m2", "properties": {"total": 3.0, "products": []}}
      """;

  @TempDir private Path folder;
  private Path database;

  @BeforeEach
  void names() {
    database = folder.resolve("shop.duckdb");
  }

  @Test
  void events_become_tables() throws IOException {
    Run run = load(write("orders.jsonl", ORDERS));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(rows())
        .isEqualTo(Map.of("order_completed", 2L, "order_completed__properties__products", 2L));
    assertThat(run.out())
        .contains("2 events read = 2 loaded + 0 duplicates + 0 bad", database.toString());
  }

  @Test
  void the_same_content_under_another_name_changes_nothing() throws IOException {
    load(write("orders.jsonl", ORDERS));
    Run again = load(write("copy.jsonl", ORDERS));

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("copy.jsonl: loaded before").contains("nothing changed");
    assertThat(rows()).containsEntry("order_completed", 2L);
  }

  @Test
  void the_same_content_changes_nothing_after_the_folder_beside_is_deleted() throws IOException {
    load(write("orders.jsonl", ORDERS));
    try (Stream<Path> work = Files.walk(folder.resolve(".shop.duckdb.work"))) {
      for (Path path : work.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Run again = load(write("copy.jsonl", ORDERS));

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("nothing changed");
    assertThat(rows()).containsEntry("order_completed", 2L);
  }

  @Test
  void gzip_is_read_as_what_is_in_it() throws IOException {
    Path packed = folder.resolve("orders.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(ORDERS.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(load(packed).exitCode()).isZero();
    assertThat(rows()).containsEntry("order_completed", 2L);
  }

  @Test
  void a_list_at_the_top_is_read_as_its_elements() throws IOException {
    load(write("list.json", "[{\"event\": \"a\"},\n {\"event\": \"a\"}]\n"));

    assertThat(rows()).isEqualTo(Map.of("a", 2L));
  }

  @Test
  void another_field_can_name_the_events() throws IOException {
    Path file = write("github.json", "{\"type\": \"PushEvent\"}\n{\"type\": \"ForkEvent\"}\n");

    load(file, "--event-field", "type");

    assertThat(rows()).isEqualTo(Map.of("push_event", 1L, "fork_event", 1L));
  }

  @Test
  void bad_events_are_reported_with_reason_and_line_and_are_no_failure() throws IOException {
    Run run = load(write("mixed.jsonl", ORDERS + "{\"event\": cut\n7\n" + "{\"event\": \"b\"}\n"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("5 events read = 3 loaded + 0 duplicates + 2 bad")
        .containsPattern("malformed +1 +\\S*mixed.jsonl line 3 ")
        .containsPattern("not_an_object +1 +\\S*mixed.jsonl line 4 ");
  }

  @Test
  void what_is_new_is_shown_with_the_file_that_brought_it() throws IOException {
    Path first = write("first.jsonl", "{\"event\": \"a\", \"n\": 1}\n");
    Path second = write("second.jsonl", "{\"event\": \"a\", \"n\": \"x\", \"more\": true}\n");

    Run run = load(first, second.toString());

    assertThat(run.out())
        .containsPattern("first.jsonl +1 table +a")
        .containsPattern("second.jsonl +column +a.more +bool")
        .containsPattern("second.jsonl +column +a.n__v_text +text, where bigint does not fit");
  }

  @Test
  void a_file_that_is_not_there_fails_and_the_others_load() throws IOException {
    Path missing = folder.resolve("missing.jsonl");

    Run run = load(missing, write("orders.jsonl", ORDERS).toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("millrace: " + missing + " is not there\n");
    assertThat(rows()).containsEntry("order_completed", 2L);
  }

  @Test
  void a_folder_is_no_file() {
    Run run = load(folder);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is a folder; name the files in it");
  }

  @Test
  void an_empty_file_is_loaded_and_has_no_events() throws IOException {
    Run run = load(write("empty.jsonl", ""));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("0 events read");
  }

  @Test
  void no_packages_are_left_after_a_load() throws IOException {
    load(write("orders.jsonl", ORDERS));

    try (Stream<Path> files = Files.walk(folder.resolve(".shop.duckdb.work"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).isEmpty();
    }
  }

  @Test
  void a_database_that_is_called_like_its_schema_is_refused() throws IOException {
    database = folder.resolve("telemetry.duckdb");

    Run run = load(write("orders.jsonl", ORDERS));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("can't be called telemetry.duckdb");
  }

  @Test
  void settings_that_are_wrong_are_refused_with_their_line() throws IOException {
    Path settings = write("millrace.yaml", "dataset: shop\nmax_nestin: 3\n");

    Run run = load(write("orders.jsonl", ORDERS), "--settings", settings.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("millrace.yaml:2").contains("max_nestin");
    assertThat(database).doesNotExist();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Run load(Path file, String... more) {
    return Run.millrace(
        Stream.concat(
                Stream.of("load", "--into", database.toString(), file.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private Map<String, Long> rows() {
    return new LocalDataset(database, "telemetry")
        .read(connection -> new Loads(connection).tables());
  }
}
