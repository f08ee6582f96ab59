package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class ReplayBadCommandTest {
  private static final String LONG = "x".repeat(1_200_000);
  private static final String BATCH =
      """
      {"event": "a", "n": 1}
      {"event": "a", "n": 2, "text": "%s"}
      {"event": "a", "n": 3}
      {"event": "a", "n": 4, "text": "%s", "items": [{"n": 1}]}
      {"event": "a", "n":
      """
          .formatted(LONG, LONG);

  @TempDir private Path folder;
  private PipelineFolder pipeline;
  private BatchRef batch;

  @BeforeEach
  void loadWithBadEvents() throws IOException {
    pipeline = new PipelineFolder(folder);
    batch = pipeline.land("batch", BATCH);
    pipeline.load(List.of(batch));
    assertThat(
            pipeline.query(
                "select reason, count(*) from _millrace_bad_events group by 1 order by 1"))
        .containsExactly("malformed 1", "too_large 2");
  }

  private Run replayBad(String... more) {
    return pipeline.millrace("replay bad", more);
  }

  /** Settings under which the events are no longer bad. */
  private String fixed() throws IOException {
    return Files.writeString(folder.resolve("fixed.yaml"), "guards:\n  event_bytes: 2 MiB\n")
        .toString();
  }

  @Test
  void after_a_fix_they_are_loaded_once_under_the_ids_that_they_would_have_had()
      throws IOException {
    Run run = replayBad("--reason", "too_large", "--settings", fixed());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 events read = 2 loaded + 0 duplicates + 0 bad");
    assertThat(pipeline.query("select n from a order by n")).containsExactly("1", "2", "3", "4");
    assertThat(pipeline.query("select count(*) from a__items")).containsExactly("1");
    assertThat(ids()).isEqualTo(idsOfAFixedPipeline());
    assertThat(
            pipeline.query(
                "select bucket, object, state from _millrace_batches where bucket = 'bad_events'"))
        .containsExactly("bad_events " + LoadId.of(batch) + "/too_large loaded");

    Run again = replayBad("--reason", "too_large", "--settings", fixed());
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("0 loaded into", "1 in before");
    assertThat(pipeline.query("select count(*) from a")).containsExactly("4");
  }

  private List<String> ids() {
    return pipeline.query("select _dlt_id, _millrace_received_at from a order by n");
  }

  private List<String> idsOfAFixedPipeline() throws IOException {
    Run run =
        pipeline.millrace("replay", "--settings", fixed(), "--into-dataset", "from_the_start");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return pipeline.query(
        "from_the_start", "select _dlt_id, _millrace_received_at from a order by n");
  }

  @Test
  void those_that_are_bad_again_are_tried_again_after_the_next_fix() throws IOException {
    Run first = replayBad();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("3 events read = 0 loaded + 0 duplicates + 3 bad");

    Run second = replayBad("--reason", "too_large", "--settings", fixed());

    assertThat(second.out()).contains("2 events read = 2 loaded", "1 in before");
    assertThat(pipeline.query("select n from a order by n")).containsExactly("1", "2", "3", "4");
    assertThat(ids()).isEqualTo(idsOfAFixedPipeline());
  }

  @Test
  void without_the_object_what_is_whole_in_the_table_is_loaded_and_the_rest_is_bad_again()
      throws IOException {
    Files.delete(folder.resolve("landing/batch"));
    Path settings =
        Files.writeString(folder.resolve("one.yaml"), "guards:\n  event_bytes: 2 MiB\n");

    Run run = replayBad("--settings", settings.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 events read = 0 loaded + 0 duplicates + 3 bad");
    assertThat(
            pipeline.query(
                "select count(*) from _millrace_bad_events where detail like '%its bytes are gone'"))
        .containsExactly("2");
  }

  @Test
  void an_event_of_a_contract_is_loaded_from_the_table_once_the_contract_allows_it()
      throws IOException {
    BatchRef wrong = pipeline.land("wrong", "{\"event\": \"b\", \"n\": 1}\n");
    Path strict =
        Files.writeString(folder.resolve("strict.yaml"), "schema_contract:\n  tables: freeze\n");
    assertThat(pipeline.millrace("replay", "--settings", strict.toString()).out())
        .contains("1 events read = 0 loaded + 0 duplicates + 1 bad".replace("events", "event"));
    Files.delete(folder.resolve("landing/wrong"));

    Run run = replayBad("--reason", "contract_frozen", "--load-id", LoadId.of(wrong));

    assertThat(run.out()).contains("1 event read = 1 loaded");
    assertThat(pipeline.query("select n from b")).containsExactly("1");
  }

  @Test
  void who_is_to_be_forgotten_is_told_the_object_that_they_came_in() throws IOException {
    BatchRef object =
        pipeline.land(
            "ada", "{\"event\": \"a\", \"userId\": \"ada\", \"text\": \"%s\"}".formatted(LONG));
    pipeline.load(List.of(object));
    replayBad("--reason", "too_large", "--settings", fixed());

    Run run = pipeline.millrace("forget", "--user-id", "ada");

    assertThat(run.out()).contains(object.toString()).doesNotContain("bad_events/");
  }

  @Test
  void a_reason_that_is_no_events_and_none_that_there_is_are_said() {
    Run truncated = replayBad("--reason", "truncated");
    assertThat(truncated.exitCode()).isEqualTo(2);
    assertThat(truncated.err()).contains("truncated can't be loaded again", "too_large");

    Run none = replayBad("--reason", "too_deep");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("has no such bad events", "inspect bad");
  }
}
