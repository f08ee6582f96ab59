package dev.millrace.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySegmentCommandTest {
  private static final String TRACK =
      """
      {"anonymousId": "an1", "event": "Order Completed", "messageId": "%s", "originalTimestamp": "2024-05-01T07:00:00.000Z", "properties": {"total": 5}, "receivedAt": "%s", "sentAt": "2024-05-01T07:00:01.000Z", "timestamp": "2024-05-01T09:59:59.500Z", "type": "track"}
      """;

  @TempDir private Path folder;
  private PipelineFolder pipeline;
  private Path archive;

  @BeforeEach
  void writeArchive() throws IOException {
    pipeline =
        new PipelineFolder(Files.createDirectories(folder.resolve("pipeline/landing")).getParent());
    archive = folder.resolve("segment-logs");
    write(
        "src1/1714521600000/1.gz",
        TRACK.formatted("a", "2024-05-01T10:00:00.000Z")
            + "{\"type\": \"identify\", \"userId\": \"u1\", \"messageId\": \"i\", \"traits\": {\"plan\": \"pro\"}, \"receivedAt\": \"2024-05-01T10:00:01.000Z\"}\n");
    write("src1/1714608000000/1.gz", TRACK.formatted("b", "2024-05-02T10:00:00.000Z"));
    write("src1/notes/readme.txt.gz", "no events");
  }

  private void write(String name, String content) throws IOException {
    Path file = archive.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Run replay(String... more) {
    return pipeline.millrace("replay segment " + archive, more);
  }

  @Test
  void a_trusted_archive_is_loaded_once_with_the_times_that_segment_gave_it() {
    Run run = replay("--trusted");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 batches: 2 loaded", "3 events read = 3 loaded");
    assertThat(
            pipeline.query(
                "select message_id, epoch_ms(_millrace_received_at), epoch_ms(timestamp),"
                    + " epoch_ms(original_timestamp) from order_completed order by 1"))
        .containsExactly(
            "a 1714557600000 1714557599500 1714546800000",
            "b 1714644000000 1714557599500 1714546800000");
    assertThat(pipeline.query("select user_id, traits__plan from identifies"))
        .containsExactly("u1 pro");

    assertThat(replay("--trusted").out()).contains("0 loaded into", "2 in before");
    assertThat(pipeline.query("select count(*) from order_completed")).containsExactly("2");
  }

  @Test
  void without_trust_the_first_load_is_when_events_were_received() {
    replay();

    assertThat(
            pipeline.query(
                "select count(*) from order_completed where _millrace_received_at > '2026-01-01'"
                    + " and _millrace_received_at = make_timestamptz((_dlt_load_id[:-7]::decimal(38, 6) * 1000000)::bigint)"))
        .containsExactly("2");
  }

  @Test
  void an_archive_makes_the_database_that_it_is_loaded_into() {
    Path database = folder.resolve("new/history.duckdb");
    String[] command = {
      "replay", "segment", archive.toString(), "--trusted", "--database", database.toString()
    };

    Run run = Run.millrace(command);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 batches: 2 loaded", "3 events read = 3 loaded");
    assertThat(database).exists();
    assertThat(Run.millrace(command).out()).contains("0 loaded into", "2 in before");
  }

  @Test
  void days_are_chosen_by_the_folders() {
    Run run = replay("--since", "2024-05-02", "--until", "2024-05-03");

    assertThat(run.out()).contains("1 batch: 1 loaded");
    assertThat(pipeline.query("select message_id from order_completed")).containsExactly("b");
  }

  @Test
  void one_day_alone_can_be_named() {
    archive = archive.resolve("src1/1714521600000");

    assertThat(replay().out()).contains("1 batch: 1 loaded");
  }

  @Test
  void a_place_that_is_no_archive_is_said() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("events.jsonl"), "{}");

    Run nothing = pipeline.millrace("replay segment " + other);
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("holds no files of a Segment archive", "<day>/<file>.gz");

    Run missing = pipeline.millrace("replay segment " + folder.resolve("missing"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("missing is not there; name a folder");
  }
}
