package dev.millrace.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The traffic is read from the batches of a pipeline on DuckDB. */
class MeasuredTrafficTest {
  @TempDir private Path folder;

  @Test
  void batches_of_less_than_a_day_are_taken_as_the_months() throws IOException {
    Path file = events("one.jsonl", 100);
    load(file);

    JsonNode workload = workload();

    assertThat(workload.get("events").asLong()).isEqualTo(100);
    assertThat(workload.get("bytes_per_event").asLong()).isEqualTo(Files.size(file) / 100);
    assertThat(workload.get("measured").asString()).contains("less than a day", "shop.duckdb");
  }

  @Test
  void batches_of_some_days_are_scaled_to_30() throws IOException, SQLException {
    load(events("one.jsonl", 100));
    load(events("two.jsonl", 200));
    change("SET generation = generation - 10 * 86400000000 WHERE events_read = 100");

    JsonNode workload = workload();

    assertThat(workload.get("events").asLong()).isBetween(899L, 901L);
    assertThat(workload.get("files_per_window").asDouble() * 4320).isBetween(5.9, 6.1);
    assertThat(workload.get("measured").asString()).contains("10.0 days make in 30");
  }

  @Test
  void batches_that_failed_or_were_written_more_than_30_days_ago_do_not_count() throws Exception {
    load(events("one.jsonl", 100));
    load(events("two.jsonl", 200));
    load(events("three.jsonl", 400));
    change("SET generation = generation - 31 * 86400000000 WHERE events_read = 200");
    change("SET state = 'failed' WHERE events_read = 400");

    assertThat(workload().get("events").asLong()).isEqualTo(100);
  }

  @Test
  void a_batch_that_is_told_twice_counts_once() throws Exception {
    load(events("one.jsonl", 100));
    execute("INSERT INTO telemetry._millrace_batches SELECT * FROM telemetry._millrace_batches");

    assertThat(workload().get("events").asLong()).isEqualTo(100);
  }

  @Test
  void bad_events_that_were_loaded_again_do_not_count() throws Exception {
    load(events("one.jsonl", 100));
    load(events("two.jsonl", 200));
    change("SET bucket = 'bad_events', object = load_id || '/too_large' WHERE events_read = 200");

    assertThat(workload().get("events").asLong()).isEqualTo(100);
  }

  @Test
  void files_are_told_for_nobody_knows_when_their_events_came() throws IOException {
    load(events("one.jsonl", 100));

    assertThat(workload().get("measured").asString())
        .contains("files among them", "as of their first load: 1 of 1", "--events");
  }

  @Test
  void several_buckets_are_told_for_one_may_be_an_archive() throws Exception {
    load(events("one.jsonl", 100));
    load(events("two.jsonl", 200));
    change("SET bucket = 'landing' WHERE events_read = 100");
    change("SET bucket = 'segment-archive' WHERE events_read = 200");

    assertThat(workload().get("measured").asString())
        .contains("they are of landing and segment-archive")
        .doesNotContain("files");
  }

  @Test
  void an_option_comes_before_what_was_measured() throws IOException {
    load(events("one.jsonl", 100));

    JsonNode workload = workload("--bytes-per-event=300", "--files-per-window=2");

    assertThat(workload.get("bytes_per_event").asLong()).isEqualTo(300);
    assertThat(workload.get("files_per_window").asDouble()).isEqualTo(2);
  }

  @Test
  void a_pipeline_without_batches_says_what_to_give() throws Exception {
    load(events("one.jsonl", 100));
    execute("DELETE FROM telemetry._millrace_batches");

    Run run = Run.millrace("cost", "--database", database().toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no batch in the last 30 days", "--events");
  }

  @Test
  void a_database_that_is_not_there_is_a_usage_error() {
    Run run = Run.millrace("cost", "--database", database().toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("shop.duckdb", "--events");
    assertThat(database()).doesNotExist();
  }

  private JsonNode workload(String... options) {
    String[] arguments = new String[options.length + 4];
    System.arraycopy(
        new String[] {"cost", "--json", "--database", database().toString()}, 0, arguments, 0, 4);
    System.arraycopy(options, 0, arguments, 4, options.length);
    Run run = Run.millrace(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out()).get("workload");
  }

  private void load(Path file) {
    Run run = Run.millrace("load", "--into", database().toString(), file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Path events(String name, int count) throws IOException {
    String lines =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"event\": \"Seen\", \"messageId\": \"%s-%05d\"}".formatted(name, i))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), lines + "\n");
  }

  private void change(String assignment) throws SQLException {
    execute("UPDATE telemetry._millrace_batches " + assignment);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path database() {
    return folder.resolve("shop.duckdb");
  }
}
