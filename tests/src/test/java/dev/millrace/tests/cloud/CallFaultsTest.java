package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.HurriedLoader;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.AlreadyLoaded;
import dev.millrace.loader.LoadOutcome.Loaded;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.emulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every call that a load makes of Cloud Storage and of BigQuery fails, in every way. {@code
 * -Dfaults.long=true} tries each way at each call, and not only some.
 */
@Tag("once")
class CallFaultsTest {
  private static final boolean LONG = Boolean.getBoolean("faults.long");
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime() % 1_000_000);
  private static final Duration BUDGET = Duration.ofSeconds(540);
  private static final Duration HALF_A_YEAR = Duration.ofDays(200);

  /** Calls that wait for a job differ in number from load to load; a few of them will do. */
  private static final int MAX_OCCURRENCE = 2;

  private static final Map<String, Fault> FAULTS = faults();

  private static Cloud cloud;
  private static Map<BatchRef, ScriptedBatch> script;
  private static BatchRef batch;
  private static Remains undisturbed;
  private static List<CallSite> sites;

  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("cut before the work", Fault.CUT_BEFORE);
    faults.put("cut after the work", Fault.CUT_AFTER);
    faults.put("cut within the answer", new Fault.CutWithin(20));
    faults.put("500", Fault.answer(500, "internalError"));
    faults.put("503", Fault.answer(503, "backendError"));
    faults.put("403 rateLimitExceeded", Fault.answer(403, "rateLimitExceeded"));
    faults.put("409", Fault.answer(409, "conflict"));
    return faults;
  }

  @BeforeAll
  static void loadUndisturbed() throws Exception {
    System.out.printf("calls fail at random, seeds from %d%n", SEED);
    cloud = Cloud.start();
    ScriptedBatch scripted = BatchScript.of(11, 3, 20, 1, 1).batch(2);
    batch = cloud.land(scripted.name(), scripted.avro());
    script = Map.of(batch, scripted);
    Deployment deployment = cloud.deploy();
    try (Disturbance none = new Disturbance(cloud, (call, number) -> Fault.NONE)) {
      assertThat(none.loader(deployment).load(batch, BUDGET)).isInstanceOf(Loaded.class);
      sites = none.calls().stream().filter(call -> call.occurrence() <= MAX_OCCURRENCE).toList();
    }
    DatasetTables tables = deployment.tables();
    new Promises(tables, script).assertKept();
    undisturbed = Remains.of(tables);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void anyCall_failingOnceInAnyWay_isSurvived() throws Exception {
    List<String> names = List.copyOf(FAULTS.keySet());
    List<Case> cases = new ArrayList<>();
    for (int site = 0; site < sites.size(); site++) {
      for (int fault = 0; fault < names.size(); fault++) {
        if (LONG || fault == site % names.size()) {
          CallSite at = sites.get(site);
          String name = names.get(fault);
          cases.add(
              new Case(name + " at " + at, () -> Disturbance.at(cloud, at, FAULTS.get(name)), 1));
        }
      }
    }
    assertSurvived(cases);
  }

  /** A statement's id is of its own, so nothing but making the job again can bring it about. */
  @Test
  void aJob_refusedAsOneThatIsThereThoughItIsNot_isMadeSoonAfter() throws Exception {
    Fault there = Fault.answer(409, "duplicate");
    CallSite insert =
        sites.stream()
            .filter(site -> site.what().matches("POST .*/jobs"))
            .findFirst()
            .orElseThrow();
    try (Disturbance disturbance = Disturbance.at(cloud, insert, there)) {
      long start = System.nanoTime();

      LoadOutcome outcome = disturbance.loader(cloud.deploy()).load(batch, BUDGET);

      assertThat(outcome).isInstanceOf(Loaded.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BUDGET.dividedBy(6));
    }
  }

  @Test
  void anInstance_killedBeforeOrAfterAnyCall_leavesNothingHalfDone() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (int site = 0; site < sites.size(); site++) {
      for (boolean after : new boolean[] {false, true}) {
        if (LONG || after == (site % 2 == 0)) {
          CallSite at = sites.get(site);
          cases.add(
              new Case(
                  "killed %s %s".formatted(after ? "after" : "before", at),
                  () -> killed(at, after),
                  1));
        }
      }
    }
    assertSurvived(cases);
  }

  /**
   * Of every other dead instance the package too is gone, for staged objects live for weeks; and of
   * every third some rows are gone from its tables, as if its jobs had had other rows.
   */
  @Test
  void whatAnInstanceLeftThatWasKilledAtAnyCall_isFinishedHalfAYearLater_withNothingTwice()
      throws Exception {
    List<Case> cases = new ArrayList<>();
    for (int site = 0; site < sites.size(); site++) {
      CallSite at = sites.get(site);
      if (at.service() == Service.BIGQUERY && (LONG || site % 2 == 0)) {
        cases.add(new Case("killed after " + at, () -> killed(at, true), 1));
      }
    }
    Map<Case, Deployment> left = new LinkedHashMap<>();
    for (Case each : cases) {
      left.put(each, cloud.deploy());
    }
    atOnce(
        cases,
        each -> {
          Deployment deployment = left.get(each);
          try (Disturbance disturbance = each.disturbance().call()) {
            disturbance.loader(deployment).load(batch, BUDGET);
          }
          if (cases.indexOf(each) % 2 == 0) {
            deployment.clearStaging();
          }
          if (cases.indexOf(each) % 3 == 0) {
            deployment.loseRowsOfLoadsThatAreIncomplete();
          }
        });

    cloud.strict().forgetJobs();
    HurriedLoader.Time then = new HurriedLoader.Time();
    then.pass(HALF_A_YEAR);
    Random random = new Random(SEED);
    List<Integer> deaths = cases.stream().map(each -> random.nextInt(10, 80)).toList();
    atOnce(
        cases,
        each -> {
          Deployment deployment = left.get(each);
          int death = deaths.get(cases.indexOf(each));
          try (Disturbance dying = killed(number -> number >= death)) {
            dying.loader(deployment, then).load(batch, BUDGET);
          }
          assertThat(
                  deployment
                      .loader(cloud.gcs().url(), cloud.bigQueryUrl(), then)
                      .load(batch, BUDGET))
              .as(each.name())
              .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
          assertUndisturbed(
              deployment, "%s, and half a year later at call %d".formatted(each.name(), death));
        });
  }

  @Test
  void aFifthOfAllCalls_failingAtRandom_isSurvived() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (int run = 0; run < (LONG ? 200 : 5); run++) {
      long seed = SEED + run;
      cases.add(new Case("a fifth of all calls, seed " + seed, () -> atRandom(seed), 20));
    }
    assertSurvived(cases);
  }

  /**
   * After a call, or instead of it, nothing more comes through: the services see an instance that
   * is dead.
   */
  private static Disturbance killed(CallSite at, boolean after) throws Exception {
    AtomicBoolean dead = new AtomicBoolean();
    Fault refused = Fault.answer(403, "accessDenied");
    return new Disturbance(
        cloud,
        (call, number) -> {
          if (dead.get() || !call.equals(at)) {
            return dead.get() ? refused : Fault.NONE;
          }
          dead.set(true);
          return after ? Fault.CUT_AFTER : refused;
        });
  }

  /** From one of the calls on nothing comes through. */
  private static Disturbance killed(IntPredicate isDead) throws Exception {
    return new Disturbance(
        cloud,
        (call, number) -> isDead.test(number) ? Fault.answer(403, "accessDenied") : Fault.NONE);
  }

  private static Disturbance atRandom(long seed) throws Exception {
    Random random = new Random(seed);
    List<Fault> faults = List.copyOf(FAULTS.values());
    return new Disturbance(
        cloud,
        (call, number) ->
            random.nextInt(5) == 0 ? faults.get(random.nextInt(faults.size())) : Fault.NONE);
  }

  /**
   * @param redeliveries after which the batch must be loaded; the last of them is not disturbed
   */
  private record Case(String name, Callable<Disturbance> disturbance, int redeliveries) {}

  private static void assertSurvived(List<Case> cases) throws Exception {
    AtomicInteger disturbed = new AtomicInteger();
    atOnce(cases, each -> disturbed.addAndGet(assertSurvived(each)));
    System.out.printf("%d loads, %s calls disturbed%n", cases.size(), disturbed);
    assertThat(disturbed.get()).isGreaterThanOrEqualTo(cases.size() * 9 / 10);
  }

  /** What is done for one of them. */
  @FunctionalInterface
  private interface Trial {
    void run(Case each) throws Exception;
  }

  /** Fails with all failures. */
  private static void atOnce(List<Case> cases, Trial trial) throws Exception {
    // Loads wait for most of their time.
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (Case each : cases) {
        runs.add(
            threads.submit(
                () -> {
                  trial.run(each);
                  return null;
                }));
      }
      List<Throwable> failures = new ArrayList<>();
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
      assertThat(failures).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  private static int assertSurvived(Case each) throws Exception {
    Deployment deployment = cloud.deploy();
    int disturbed;
    List<LoadOutcome> outcomes = new ArrayList<>();
    try (Disturbance disturbance = each.disturbance().call()) {
      Loader loader = disturbance.loader(deployment);
      for (int delivery = 0; delivery < each.redeliveries() && !isIn(outcomes); delivery++) {
        outcomes.add(loader.load(batch, BUDGET));
      }
      disturbed = disturbance.disturbed();
    }
    assertThat(outcomes)
        .as(each.name())
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfAny(Loaded.class, AlreadyLoaded.class, TryAgain.class));
    if (!isIn(outcomes)) {
      assertThat(deployment.loader().load(batch, BUDGET))
          .as("%s, after %s", each.name(), outcomes)
          .isInstanceOfAny(Loaded.class, AlreadyLoaded.class);
    }
    assertUndisturbed(deployment, each.name() + ", after " + outcomes);
    return disturbed;
  }

  private static void assertUndisturbed(Deployment deployment, String when) {
    DatasetTables tables = deployment.tables();
    Remains.of(tables).assertSameAs(undisturbed, when);
    new Promises(tables, script).assertEveryChangeIsToldOnce();
  }

  private static boolean isIn(List<LoadOutcome> outcomes) {
    return !outcomes.isEmpty() && !(outcomes.get(outcomes.size() - 1) instanceof TryAgain);
  }
}
