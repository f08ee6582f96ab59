package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dreplay.batches=1000} is the full size. */
@Tag("once")
class ReplayCommandTest {
  private static final int BATCHES = Integer.getInteger("replay.batches", 100);

  @TempDir private Path folder;
  private PipelineFolder pipeline;

  @BeforeEach
  void place() {
    pipeline = new PipelineFolder(folder);
  }

  @Test
  void batches_of_which_some_were_loaded_end_with_every_event_once() throws IOException {
    List<BatchRef> landed = pipeline.land(BATCHES);
    int before = BATCHES * 3 / 10;
    pipeline.load(landed.subList(BATCHES / 2, BATCHES / 2 + before));

    long start = System.nanoTime();
    Run run = pipeline.millrace("replay", "--parallel", "8");
    System.out.printf(
        "a replay of %d batches, %d of them in before: %.1f s%n",
        BATCHES, before, (System.nanoTime() - start) / 1e9);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains((BATCHES - before) + " loaded into", before + " in before");
    assertThat(pipeline.query("select count(*), count(distinct message_id) from \"order\""))
        .containsExactly(BATCHES + " " + BATCHES);
    assertThat(pipeline.query("select count(*), count(distinct _dlt_id) from order__items"))
        .containsExactly(BATCHES + " " + BATCHES);
    assertThat(pipeline.query("select count(*), count(distinct load_id) from _dlt_loads"))
        .containsExactly(BATCHES + " " + BATCHES);
    assertThat(pipeline.files("staging"))
        .as("packages that this command loaded are deleted")
        .filteredOn(file -> file.endsWith("manifest.json"))
        .hasSize(before);
  }

  @Test
  void what_is_in_stays_as_it_is() throws IOException {
    pipeline.load(pipeline.land(3));

    Run run = pipeline.millrace("replay", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"in_before\" : 3", "\"loaded\" : 0");
    assertThat(pipeline.query("select count(*) from \"order\"")).containsExactly("3");
  }

  @Test
  void a_prefix_a_time_or_a_load_id_chooses() throws IOException {
    BatchRef first = pipeline.land("a/1", "{\"event\": \"one\"}");
    BatchRef second = pipeline.land("a/2", "{\"event\": \"two\"}");
    pipeline.land("b/3", "{\"event\": \"three\"}");

    assertThat(pipeline.millrace("replay", "--load-id", LoadId.of(second)).out())
        .startsWith("1 batch: 1 loaded into");
    assertThat(pipeline.millrace("replay", "--prefix", "a/").out())
        .startsWith("2 batches: 1 loaded into");
    assertThat(pipeline.millrace("replay", "--until", "2020-01-01T00:00:00Z").exitCode())
        .isEqualTo(1);
    assertThat(pipeline.millrace("replay", "--since", "2020-01-01").out())
        .startsWith("3 batches: 1 loaded into");
    assertThat(first.generation()).isLessThan(second.generation());
  }

  @Test
  void after_a_change_of_the_settings_a_new_dataset_is_built_beside_the_old_one()
      throws IOException {
    pipeline.load(
        List.of(
            pipeline.land("1", "{\"event\": \"a\", \"kind\": \"x\"}\n"),
            pipeline.land("2", "{\"event\": \"b\", \"kind\": \"y\"}\n")));
    pipeline.land("3", "{\"event\": \"c\", \"kind\": \"x\"}\n");
    Path changed = Files.writeString(folder.resolve("changed.yaml"), "event_name_field: kind\n");

    Run run =
        pipeline.millrace(
            "replay", "--settings", changed.toString(), "--into-dataset", "telemetry_2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("3 batches: 3 loaded into").contains("telemetry_2");
    assertThat(pipeline.query("telemetry_2", "select count(*) from x")).containsExactly("2");
    assertThat(pipeline.query("select count(*) from a")).containsExactly("1");
    assertThat(tables("telemetry_2")).containsExactly("x", "y");
    assertThat(tables("telemetry")).containsExactly("a", "b");
    assertThat(pipeline.millrace("replay").out()).startsWith("3 batches: 1 loaded into");
    assertThat(tables("telemetry")).containsExactly("a", "b", "c");
    assertThat(
            pipeline
                .millrace(
                    "replay", "--settings", changed.toString(), "--into-dataset", "telemetry_2")
                .out())
        .contains("0 loaded into", "3 in before");
  }

  private List<String> tables(String dataset) {
    return pipeline.query(
        dataset,
        "select table_name from information_schema.tables where table_schema = '%s'"
                .formatted(dataset)
            + " and table_type = 'BASE TABLE' and not starts_with(table_name, '_') order by 1");
  }

  @Test
  void an_object_that_cant_be_read_is_named_and_the_others_load() throws IOException {
    pipeline.land("broken.gz", "\u001f\u008bx");
    Files.write(folder.resolve("landing/broken.gz"), new byte[] {0x1f, (byte) 0x8b, 0});
    pipeline.land("good", "{\"event\": \"a\"}");

    Run run = pipeline.millrace("replay");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("2 batches: 1 loaded", "1 batch can't be loaded", "broken.gz")
        .contains("object_unreadable");
  }

  @Test
  void an_unknown_load_id_and_an_empty_archive_are_said() throws IOException {
    Files.createDirectories(folder.resolve("landing"));
    Files.createDirectories(folder.resolve("landing.meta"));
    Run empty = pipeline.millrace("replay");
    assertThat(empty.exitCode()).isEqualTo(1);
    assertThat(empty.err())
        .isEqualTo("millrace: the landing archive is empty: there is nothing to load\n");

    String known = LoadId.of(pipeline.land(1).get(0));
    Run unknown = pipeline.millrace("replay", "--load-id", "1.2");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("of 1 load id the landing archive has 0", "inspect");
    Run one = pipeline.millrace("replay", "--load-id", "1.2," + known);
    assertThat(one.exitCode()).isEqualTo(1);
    assertThat(one.out()).contains("1 batch: 1 loaded into");
    assertThat(one.err()).contains("of 2 load ids the landing archive has 1");
  }

  @Test
  void what_cant_be_is_a_usage_error() throws IOException {
    pipeline.land(1);

    assertRefused("'yesterday' is no time", "--since", "yesterday");
    assertRefused("is not after --since", "--since", "2026-02-01", "--until", "2026-01-01");
    assertRefused("--parallel is 0", "--parallel", "0");
    assertRefused("at least 1", "--max-loads-per-day", "0");
    assertRefused("is the pipeline's own dataset", "--into-dataset", "telemetry");
    assertRefused("is no dataset's name", "--into-dataset", "a-b");
    Run nowhere = Run.millrace("replay", "--folder", folder.resolve("nowhere").toString());
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).contains("nowhere is not there");
  }

  private void assertRefused(String why, String... arguments) {
    Run run = pipeline.millrace("replay", arguments);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void a_folder_in_which_a_pipeline_runs_is_left_to_it() throws IOException {
    pipeline.land(1);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("pipeline.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      Run run = pipeline.millrace("replay");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("another pipeline runs in the folder");
    }
  }
}
