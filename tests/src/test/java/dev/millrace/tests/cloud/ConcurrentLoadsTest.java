package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.FailedForGood;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.tests.bigquery.quotas.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Instances that know nothing of each other load at the same time. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("once")
class ConcurrentLoadsTest {
  private static final boolean LONG = Boolean.getBoolean("faults.long");
  private static final int INSTANCES = 8;
  private static final Duration BUDGET = Duration.ofSeconds(540);

  private static Cloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = Cloud.start();
    if (!LONG) {
      // Views may be replaced five times in ten seconds, which is long for a test.
      cloud.strict().limits(Limits.off());
    }
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void theSameNotice_toAllInstancesAtOnce_isLoadedByOneOfThem() throws Exception {
    Deployment deployment = cloud.deploy();
    ScriptedBatch script = BatchScript.of(21, 1, 60, 1, 1).batch(0);
    BatchRef batch = cloud.land("same-notice", script.avro());
    CyclicBarrier together = new CyclicBarrier(INSTANCES);

    List<LoadOutcome> outcomes =
        onEachInstance(
            deployment,
            loader -> {
              together.await();
              return List.of(loader.load(batch, BUDGET));
            });

    assertThat(outcomes).hasOnlyElementsOfTypes(Loaded.class, AlreadyLoaded.class);
    assertThat(outcomes).hasAtLeastOneElementOfType(Loaded.class);
    new Promises(deployment.tables(), Map.of(batch, script)).assertKept();
  }

  @Test
  void notices_outOfOrderAndTwice_makeTheSameTablesAsInOrder() throws Exception {
    Map<BatchRef, ScriptedBatch> batches = cloud.land(BatchScript.of(22, 6, 25, 3, 2).all());
    Deployment inOrder = cloud.deploy();
    Loader one = inOrder.loader();
    batches
        .keySet()
        .forEach(batch -> assertThat(one.load(batch, BUDGET)).isInstanceOf(Loaded.class));
    List<BatchRef> shuffled = new ArrayList<>(batches.keySet());
    shuffled.addAll(batches.keySet());
    Collections.shuffle(shuffled, new Random(22));
    Deployment outOfOrder = cloud.deploy();

    for (BatchRef batch : shuffled) {
      outOfOrder.loader().load(batch, BUDGET);
    }

    Promises promises = new Promises(outOfOrder.tables(), batches);
    promises.assertKept();
    promises.assertEveryChangeIsToldOnce();
    outOfOrder.remains().assertSameAs(inOrder.remains(), "notices out of order and twice");
  }

  @Test
  void anObject_overwrittenBeforeItsNoticeComes_failsForGood_andTheNewOneLoads() throws Exception {
    Deployment deployment = cloud.deploy();
    BatchScript script = BatchScript.of(23, 2, 10, 0, 0);
    BatchRef old = cloud.land("overwritten", script.batch(0).avro());
    BatchRef current = cloud.land("overwritten", script.batch(1).avro());

    assertThat(deployment.loader().load(old, BUDGET)).matches(ConcurrentLoadsTest::isGone);
    assertThat(deployment.loader().load(current, BUDGET)).isInstanceOf(Loaded.class);

    assertThat(deployment.tables().rows("_millrace_batches"))
        .extracting(row -> row.get("state"), row -> row.get("code"))
        .containsExactlyInAnyOrder(tuple("failed", "object_gone"), tuple("loaded", null));
  }

  @Test
  void anObject_deletedBeforeItsNoticeComes_isRecordedOnce_howeverOftenItComes() throws Exception {
    Deployment deployment = cloud.deploy();
    BatchRef batch = cloud.land("deleted", BatchScript.of(24, 1, 10, 0, 0).batch(0).avro());
    cloud.deleteFromLanding(batch);

    List<LoadOutcome> outcomes =
        onEachInstance(deployment, loader -> List.of(loader.load(batch, BUDGET)));

    assertThat(outcomes).allMatch(ConcurrentLoadsTest::isGone);
    assertThat(deployment.tables().rows("_millrace_batches")).hasSize(1);
    assertThat(deployment.tables().eventTables()).isEmpty();
  }

  @Test
  void instances_thatEachBringNewAndClashingFields_loseNothing() throws Exception {
    Deployment deployment = cloud.deploy();
    int perInstance = LONG ? 50 : 3;
    List<Map<BatchRef, ScriptedBatch>> shares = new ArrayList<>();
    Map<BatchRef, ScriptedBatch> all = new LinkedHashMap<>();
    for (int instance = 0; instance < INSTANCES; instance++) {
      Map<BatchRef, ScriptedBatch> share = new LinkedHashMap<>();
      for (int batch = 0; batch < perInstance; batch++) {
        ScriptedBatch script = contended(instance, batch);
        share.put(cloud.land(script.name(), script.avro()), script);
      }
      shares.add(share);
      all.putAll(share);
    }
    CyclicBarrier together = new CyclicBarrier(INSTANCES);
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    List<LoadOutcome> outcomes = new ArrayList<>();
    try {
      List<Future<List<LoadOutcome>>> instances = new ArrayList<>();
      for (Map<BatchRef, ScriptedBatch> share : shares) {
        Loader loader = deployment.loader();
        instances.add(
            threads.submit(
                () -> {
                  List<LoadOutcome> own = new ArrayList<>();
                  for (BatchRef batch : share.keySet()) {
                    together.await();
                    own.add(loader.load(batch, BUDGET));
                  }
                  return own;
                }));
      }
      for (Future<List<LoadOutcome>> instance : instances) {
        outcomes.addAll(instance.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(outcomes).hasOnlyElementsOfType(Loaded.class);
    DatasetTables tables = deployment.tables();
    Promises promises = new Promises(tables, all);
    promises.assertKept();
    promises.assertEveryChangeIsToldOnce();
    Set<String> columns = new TreeSet<>(tables.tables().get("contended").columns().keySet());
    for (int instance = 0; instance < INSTANCES; instance++) {
      for (int batch = 0; batch < perInstance; batch++) {
        if (!isClashing(batch)) {
          assertThat(columns).contains("properties__own_%d_%d".formatted(instance, batch));
        }
      }
    }
  }

  /**
   * The n-th batches of all instances go at the same moment. One time each brings a field of its
   * own, the other time all bring the same field in another type, and in another spelling.
   */
  private static ScriptedBatch contended(int instance, int batch) {
    List<String> payloads = new ArrayList<>();
    List<String> messageIds = new ArrayList<>();
    Map<String, Map<String, Object>> clashing = new LinkedHashMap<>();
    for (int event = 0; event < 5; event++) {
      String id = "i%d-b%d-e%d".formatted(instance, batch, event);
      String field = "own_%d_%d".formatted(instance, batch);
      Object value = event;
      if (isClashing(batch)) {
        field = (instance % 2 == 0 ? "Clash %d" : "clash_%d").formatted(batch);
        value =
            switch (instance % 4) {
              case 0 -> 7_000 + 10 * instance + event;
              case 1 -> "text of %d, %d".formatted(instance, event);
              case 2 -> instance + event / 64.0 + 0.0078125;
              default -> Map.of("deep", "depth of %d, %d".formatted(instance, event));
            };
        clashing.put(id, Map.of("clash_" + batch, value));
      }
      payloads.add(
          Json.of(
              Map.of("event", "Contended", "messageId", id, "properties", Map.of(field, value))));
      messageIds.add(id);
    }
    return new ScriptedBatch(
        "contended/i%d-b%d".formatted(instance, batch), payloads, messageIds, 0, 0, clashing);
  }

  private static boolean isClashing(int batch) {
    return batch % 2 == 1;
  }

  private static boolean isGone(LoadOutcome outcome) {
    return outcome instanceof FailedForGood failed && failed.error() == LoadError.OBJECT_GONE;
  }

  private interface Work {
    List<LoadOutcome> on(Loader loader) throws Exception;
  }

  private static List<LoadOutcome> onEachInstance(Deployment deployment, Work work)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    try {
      List<Callable<List<LoadOutcome>>> calls = new ArrayList<>();
      for (int instance = 0; instance < INSTANCES; instance++) {
        Loader loader = deployment.loader();
        calls.add(() -> work.on(loader));
      }
      List<LoadOutcome> outcomes = new ArrayList<>();
      for (Future<List<LoadOutcome>> future : threads.invokeAll(calls)) {
        outcomes.addAll(future.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }
}
