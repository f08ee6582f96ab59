package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the function at random instants. {@code -Dfaults.kills=1000
 * -Dfaults.batches=200} is the full run, {@code -Dfaults.seed} one that failed.
 */
@Tag("once")
class KillNineTest {
  private static final int KILLS = Integer.getInteger("faults.kills", 12);
  private static final int BATCHES = Integer.getInteger("faults.batches", 10);
  private static final int INSTANCES = Integer.getInteger("faults.instances", 2);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime() % 1_000_000);
  private static final Duration AT_MOST =
      Duration.ofMinutes(Integer.getInteger("faults.minutes", 600));
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir private static Path folder;
  private static Cloud cloud;
  private static FunctionImage image;

  @BeforeAll
  static void start() throws Exception {
    System.out.printf("%d kills over %d batches, seed %d%n", KILLS, BATCHES, SEED);
    cloud = Cloud.start();
    image = FunctionImage.build(folder).withClassArchive(cloud, folder);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void killedAtRandomInstants_theFunctionLeavesWhatAnUndisturbedOneDoes() throws Exception {
    Map<BatchRef, ScriptedBatch> batches = land("plain", script(SEED));
    Deployment undisturbed = cloud.deploy();
    Duration firstLoad = loadUndisturbed(undisturbed, List.copyOf(batches.keySet()));
    Deployment disturbed = cloud.deploy();

    run(disturbed, batches, firstLoad);

    DatasetTables tables = disturbed.tables();
    assertKept(tables, batches);
    Remains.of(tables).assertSameAs(undisturbed.remains(), "seed " + SEED);
  }

  @Test
  void killedWhileFieldsClashInType_theFunctionLosesNoEventAndNoValue() throws Exception {
    Map<BatchRef, ScriptedBatch> batches = land("clashing", script(SEED + 1).withClashes());
    Deployment disturbed = cloud.deploy();

    run(disturbed, batches, Duration.ofSeconds(4));

    assertKept(disturbed.tables(), batches);
  }

  private static void assertKept(DatasetTables tables, Map<BatchRef, ScriptedBatch> batches) {
    Promises promises = new Promises(tables, batches);
    promises.assertKept();
    promises.assertEveryChangeIsToldOnce();
  }

  /** Of 200 batches, 10 bring columns and 5 have bad events. */
  private static BatchScript script(long seed) {
    return BatchScript.of(seed, BATCHES, 30, Math.max(3, BATCHES / 20), Math.max(2, BATCHES / 40));
  }

  private static Map<BatchRef, ScriptedBatch> land(String folder, BatchScript script) {
    return cloud.land(script.all().stream().map(batch -> batch.in(folder)).toList());
  }

  private static void run(
      Deployment deployment, Map<BatchRef, ScriptedBatch> batches, Duration firstLoad)
      throws Exception {
    KillNineRun run =
        new KillNineRun(deployment, image, folder, KILLS, firstLoad, List.copyOf(batches.keySet()));
    long start = System.nanoTime();
    run.run(INSTANCES, SEED, AT_MOST);
    System.out.printf(
        "%d kills, %d of them at work; %d pushes of %d batches; %d s%n",
        run.killed(),
        run.busy(),
        run.pushes(),
        BATCHES,
        (System.nanoTime() - start) / 1_000_000_000);
    // A dozen kills may find few at work; most do where there are many.
    assertThat(run.busy())
        .as("kills of an instance at work")
        .isGreaterThanOrEqualTo(Math.max(1, run.killed() / 8));
  }

  /** Returns how long the first batch took. */
  private static Duration loadUndisturbed(Deployment deployment, List<BatchRef> batches)
      throws Exception {
    try (FunctionProcess instance =
            deployment.launch(image, folder, "-XX:TieredStopAtLevel=1").awaitReady();
        ImpatientSubscription subscription =
            new ImpatientSubscription(() -> OptionalInt.of(instance.port()), 2)) {
      long start = System.nanoTime();
      subscription.publish(batches.get(0));
      Eventually.until(
          "the first batch is loaded", PATIENCE, () -> subscription.unacknowledged() == 0);
      Duration first = Duration.ofNanos(System.nanoTime() - start);
      batches.subList(1, batches.size()).forEach(subscription::publish);
      Eventually.until(
          "all batches are loaded", PATIENCE, () -> subscription.unacknowledged() == 0);
      System.out.printf(
          "undisturbed: first load %d ms, all %d ms, %d pushes%n",
          first.toMillis(), (System.nanoTime() - start) / 1_000_000, subscription.pushes());
      return first;
    }
  }
}
