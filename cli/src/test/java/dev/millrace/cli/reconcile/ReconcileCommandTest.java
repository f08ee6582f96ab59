package dev.millrace.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import dev.millrace.cli.replay.PipelineFolder;
import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcileCommandTest {
  @TempDir private Path folder;
  private PipelineFolder pipeline;

  @BeforeEach
  void place() {
    pipeline = new PipelineFolder(folder);
  }

  private Run reconcile(String... more) {
    return pipeline.millrace("reconcile --min-age 0s", more);
  }

  @Test
  void where_everything_is_in_nothing_is_missing() throws IOException {
    pipeline.load(pipeline.land(3));

    Run run = reconcile();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("3 batch objects looked at, 3 of them in ")
        .contains("Nothing is missing.");
  }

  @Test
  void what_is_missing_is_listed_and_nothing_is_made() throws IOException {
    List<BatchRef> landed = pipeline.land(2);

    Run run = reconcile();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("2 never loaded, 0 half loaded", landed.get(1).toString(), "never_loaded")
        .contains(LoadId.of(landed.get(0)));
    assertThat(folder.resolve("millrace.duckdb")).doesNotExist();
    assertThat(folder.resolve("staging")).doesNotExist();
  }

  @Test
  void an_archive_of_which_half_is_gone_is_no_all_clear() throws IOException {
    pipeline.load(pipeline.land(1));
    Files.move(folder.resolve("landing.meta"), folder.resolve("away"));

    Run run = reconcile();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("millrace: " + folder.resolve("landing.meta"));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void what_is_missing_is_loaded_from_here() throws IOException {
    List<BatchRef> landed = pipeline.land(5);
    pipeline.load(landed.subList(0, 2));

    Run run = reconcile("--load");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 never loaded", "5 batches: 3 loaded into", "2 in before");
    assertThat(pipeline.query("select count(*) from \"order\"")).containsExactly("5");
    assertThat(reconcile().exitCode()).isZero();
  }

  @Test
  void what_failed_for_good_is_told_with_its_reason_and_not_missing() throws IOException {
    BatchRef broken = pipeline.land("broken", "x");
    Files.write(folder.resolve("landing/broken"), new byte[] {0x1f, (byte) 0x8b, 0});
    pipeline.load(List.of(broken));

    Run run = reconcile("--load");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Nothing is missing.", "1 failed for good", "object_unreadable");
  }

  @Test
  void as_json_every_key_is_there() throws IOException {
    pipeline.land(1);

    assertThat(reconcile("--json").out())
        .contains(
            "\"looked_at\" : 1",
            "\"never_loaded\" : 1",
            "\"half_loaded\" : 0",
            "\"state\" : \"never_loaded\"",
            "\"sealed_at\" : null",
            "\"republished\" : null",
            "\"loaded\" : null");
  }

  @Test
  void objects_that_may_be_on_their_way_are_left_out() throws IOException {
    pipeline.land(2);

    Run run = pipeline.millrace("reconcile");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("0 batch objects looked at", "2 younger ones left out");
  }

  @Test
  void what_cant_be_asked_for_is_said() throws IOException {
    pipeline.land(1);

    Run both = reconcile("--notify", "--load");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("choose one");
    Run topic = reconcile("--notify");
    assertThat(topic.exitCode()).isEqualTo(2);
    assertThat(topic.err()).contains("set ports.notice_topic, or use --load");
  }
}
