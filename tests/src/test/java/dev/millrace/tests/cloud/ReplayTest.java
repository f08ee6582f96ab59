package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import dev.millrace.loader.LoadId;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.MillraceCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code millrace replay} and {@code millrace reconcile} over Cloud Storage and BigQuery, as people
 * run them. {@code -Dreplay.cloud.batches=1000} is the full size.
 */
@Tag("once")
class ReplayTest {
  private static final int BATCHES = Integer.getInteger("replay.cloud.batches", 30);
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Duration BUDGET = Duration.ofSeconds(540);

  @TempDir private Path folder;
  private Cloud cloud;
  private Deployment deployment;

  @BeforeEach
  void deploy() throws Exception {
    cloud = Cloud.start();
    deployment = cloud.deploy();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void load(List<BatchRef> batches) {
    Loader loader = deployment.loader();
    for (BatchRef batch : batches) {
      assertThat(loader.load(batch, BUDGET)).isInstanceOf(LoadOutcome.Loaded.class);
    }
  }

  /**
   * @param settings lines of the settings, beside dataset and ports
   */
  private Child start(String settings, String command, String... more) throws IOException {
    Map<String, String> environment = deployment.environment(folder, "");
    Path file = Path.of(environment.remove("MILLRACE_SETTINGS"));
    Path changed = folder.resolve("settings-" + Math.abs(settings.hashCode()) + ".yaml");
    Files.writeString(changed, Files.readString(file) + settings);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("--settings", changed.toString()));
    arguments.addAll(List.of(more));
    return MillraceCommand.start(environment, arguments.toArray(String[]::new));
  }

  /** As people read it: the full size has a comma. */
  private static String counted(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private String run(String settings, String command, String... more) throws Exception {
    try (Child child = start(settings, command, more)) {
      Child.Finished finished = child.finish(PATIENCE);
      assertThat(finished.exitCode()).as(finished.err() + finished.out()).isZero();
      return finished.out();
    }
  }

  @Test
  void batchesOfWhichSomeWereLoaded_endWithEveryEventOnce_thoughTheReplayIsKilledOnItsWay()
      throws Exception {
    Map<BatchRef, ScriptedBatch> batches = cloud.land(BatchScript.of(51, BATCHES, 12, 3, 2).all());
    List<BatchRef> refs = List.copyOf(batches.keySet());
    int before = BATCHES * 3 / 10;
    load(refs.subList(0, before));

    try (Child killed = start("", "replay", "--parallel", "8")) {
      Eventually.until(
          "the replay is under way",
          PATIENCE,
          () -> deployment.tables().rows("_dlt_loads").size() >= before + 3);
      killed.kill();
    }
    String out = run("", "replay", "--parallel", "8");
    assertThat(out).startsWith(counted(BATCHES) + " batches: ");
    new Promises(deployment.tables(), batches).assertKept();

    // As months later.
    cloud.strict().forgetJobs();
    cloud.strict().forgetCalls();
    assertThat(run("", "replay")).contains("0 loaded into", counted(BATCHES) + " in before");
    assertThat(cloud.strict().calls()).noneMatch(call -> call.toString().contains("LOAD"));
    new Promises(deployment.tables(), batches).assertKept();
  }

  @Test
  void afterAChangeOfTheSettings_aNewDatasetIsBuilt_andTheLiveOneGoesOn() throws Exception {
    Map<BatchRef, ScriptedBatch> batches =
        new LinkedHashMap<>(cloud.land(BatchScript.of(52, 3, 12, 1, 1).all()));
    load(List.copyOf(batches.keySet()));
    Deployment rebuilt = new Deployment(cloud, deployment.dataset() + "_2");
    String settings = "event_name_field: userId\n";

    try (Child child = start(settings, "replay", "--into-dataset", rebuilt.dataset())) {
      Child.Finished missing = child.finish(PATIENCE);
      assertThat(missing.exitCode()).as(missing.err()).isEqualTo(2);
      assertThat(missing.err()).startsWith("millrace: ").contains(rebuilt.dataset());
    }
    rebuilt.createDatasets();
    assertThat(run(settings, "replay", "--into-dataset", rebuilt.dataset()))
        .contains("3 batches: 3 loaded into " + Cloud.PROJECT + "." + rebuilt.dataset());

    assertThat(rebuilt.tables().eventTables())
        .noneMatch(table -> table.equals("order_completed"))
        .anyMatch(table -> table.matches("u[0-9]+"));
    long events = batches.values().stream().mapToLong(batch -> batch.messageIds().size()).sum();
    assertThat(
            rebuilt.tables().rows("_millrace_batches").stream()
                .mapToLong(row -> Long.parseLong(row.get("events_loaded")))
                .sum())
        .isEqualTo(events);
    batches.putAll(
        cloud.land(
            BatchScript.of(53, 1, 12, 0, 0).all().stream()
                .map(batch -> batch.in("later"))
                .toList()));
    load(List.copyOf(batches.keySet()).subList(3, 4));
    assertThat(deployment.tables().eventTables()).noneMatch(table -> table.matches("u[0-9]+"));
    new Promises(deployment.tables(), batches).assertEveryBatchReconciles();
  }

  @Test
  void badEvents_areLoadedAfterAFix_once_underTheirIds() throws Exception {
    String wide = "x".repeat(3_000);
    BatchRef batch =
        cloud.land(
            "bad",
            AvroObject.of(
                "m",
                List.of(
                    "{\"event\":\"a\",\"n\":1}\n{\"event\":\"a\",\"n\":2,\"text\":\""
                        + wide
                        + "\"}",
                    "{\"event\":\"a\",\"n\":3,\"text\":\"" + wide + "\"}",
                    "{\"event\":\"a\",\"n\":4}")));
    run("guards:\n  event_bytes: 1 KiB\n", "replay");
    assertThat(deployment.tables().rows("_millrace_bad_events")).hasSize(2);

    assertThat(run("", "replay bad", "--reason", "too_large"))
        .contains("2 events read = 2 loaded + 0 duplicates + 0 bad");

    Deployment fresh = new Deployment(cloud, deployment.dataset() + "_2");
    fresh.createDatasets();
    run("", "replay", "--into-dataset", fresh.dataset());
    String rows = "SELECT n, _dlt_id, _millrace_received_at FROM `%1$s.a` ORDER BY n";
    assertThat(deployment.query(rows)).hasSize(4).isEqualTo(fresh.query(rows));
    cloud.strict().forgetJobs();
    assertThat(run("", "replay bad")).contains("0 loaded into", "1 in before");
    assertThat(deployment.query(rows)).hasSize(4);
    assertThat(
            deployment.query(
                "SELECT object FROM `%1$s._millrace_batches` WHERE bucket = 'bad_events'"))
        .containsExactly(List.of(LoadId.of(batch) + "/too_large"));
  }

  @Test
  void aSegmentArchive_isLoadedFromItsBucket_withTheTimesThatItSays() throws Exception {
    cloud.storage().create(BucketInfo.of("archive"));
    archive("segment-logs/s1/1714521600000/1.gz", "a", "2024-05-01T10:00:00.000Z");
    archive("segment-logs/s1/1714608000000/2.gz", "b", "2024-05-02T10:00:00.000Z");
    archive("other/1714608000000/2.gz", "c", "2024-05-02T10:00:00.000Z");

    assertThat(run("", "replay segment gs://archive/segment-logs/", "--trusted"))
        .contains("2 batches: 2 loaded into");

    assertThat(
            deployment.query(
                "SELECT message_id FROM `%1$s.order_completed`"
                    + " WHERE _millrace_received_at = received_at ORDER BY 1"))
        .containsExactly(List.of("a"), List.of("b"));
    assertThat(run("", "replay segment gs://archive/segment-logs/", "--trusted"))
        .contains("0 loaded into", "2 in before");
  }

  private void archive(String name, String messageId, String receivedAt) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(
          """
          {"type": "track", "event": "Order Completed", "messageId": "%s", "receivedAt": "%s"}
          """
              .formatted(messageId, receivedAt)
              .getBytes(StandardCharsets.UTF_8));
    }
    cloud.storage().create(BlobInfo.newBuilder("archive", name).build(), packed.toByteArray());
  }

  @Test
  void theLoadJobsOfTheDay_byWhomever_areCounted_andAReplayWaitsForTheNextOnes_untilItIsEnded()
      throws Exception {
    List<BatchRef> refs = List.copyOf(cloud.land(BatchScript.of(55, 2, 6, 0, 0).all()).keySet());
    load(refs.subList(0, 1));

    try (Child waiting = start("", "replay", "--max-loads-per-day", "5")) {
      Eventually.until(
          "the replay says that it waits",
          PATIENCE,
          () -> waiting.err().contains("The day's load jobs are used up; waiting until "));
      waiting.interrupt();
      assertThat(waiting.finish(PATIENCE).err())
          .contains("1 of 2 batches: 0 loaded, 1 in before. The same command goes on from there.");
    }
    assertThat(deployment.tables().rows("_dlt_loads")).hasSize(1);
  }

  @Test
  void reconciling_tellsWhatIsMissing_andLoadsIt() throws Exception {
    Map<BatchRef, ScriptedBatch> batches = cloud.land(BatchScript.of(54, 4, 6, 0, 1).all());
    List<BatchRef> refs = List.copyOf(batches.keySet());
    load(refs.subList(0, 2));

    try (Child child = start("", "reconcile", "--min-age", "0s", "--json")) {
      Child.Finished found = child.finish(PATIENCE);
      assertThat(found.exitCode()).as(found.err()).isEqualTo(1);
      assertThat(found.out())
          .contains("\"in\" : 2", "\"never_loaded\" : 2", refs.get(3).toString());
    }
    assertThat(run("", "reconcile", "--min-age", "0s", "--load")).contains("2 loaded into");
    new Promises(deployment.tables(), batches).assertKept();
    assertThat(run("", "reconcile", "--min-age", "0s")).contains("Nothing is missing.");
  }
}
