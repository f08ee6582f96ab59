package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.LOAD_ID;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.commitRows;
import static dev.millrace.function.bigquery.Fixture.orderLines;
import static dev.millrace.function.bigquery.Fixture.orders;
import static dev.millrace.function.bigquery.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.BigQuery;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse.Taken;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.faults.Call;
import dev.millrace.tests.bigquery.faults.CallKind;
import dev.millrace.tests.bigquery.faults.Fault;
import dev.millrace.tests.bigquery.faults.Misbehaviour;
import dev.millrace.tests.bigquery.faults.Occasion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each package is in once, or nothing of it shows as loaded, whatever BigQuery does. */
class BigQueryWarehouseTest extends StrictTest {
  private static final Schema SCHEMA = orders();

  @Test
  void aPackageIsInWithItsCommitRows() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    assertThat(warehouse.evolve(SCHEMA, Set.of("orders"), Instant.MAX)).isEmpty();
    SealedPackage sealed =
        fixture.sealed(SCHEMA, Map.of("orders", List.of(orderLines(3), orderLines(2))));
    List<Taken> taken = new ArrayList<>();

    warehouse.load(
        sealed,
        counted -> {
          taken.add(counted);
          return commit(sealed).rows(counted);
        },
        soon());

    assertThat(taken.get(0).rows()).isEqualTo(Map.of("orders", 5L));
    assertThat(taken.get(0).jobs().get("orders"))
        .singleElement()
        .asString()
        .matches("millrace_[0-9a-f]{64}_0");
    assertThat(fixture.count("orders")).isEqualTo(5);
    assertThat(fixture.ask("SELECT load_id, status FROM `telemetry._dlt_loads`"))
        .containsExactly(LOAD_ID + ",0");
    assertThat(fixture.ask("SELECT state, events_loaded FROM `telemetry_unique._millrace_batches`"))
        .containsExactly("loaded,5");
  }

  @Test
  void aPackageThatIsInChangesNothing() throws IOException {
    SealedPackage sealed = sealed(3);
    load(sealed);
    fixture.strict.forgetCalls();

    fixture
        .instance()
        .load(
            sealed,
            taken -> {
              throw new AssertionError("asked to commit what is in");
            },
            soon());

    assertIsInOnce(3);
    assertThat(callsOf(CallKind.JOBS_INSERT_LOAD)).isEmpty();
  }

  @Test
  void tablesNeedNotBeThereBeforeALoad() throws IOException {
    load(sealed(3));

    assertIsInOnce(3);
  }

  @Test
  void aTableWithoutRowsNeedsNoJob() throws IOException {
    SealedPackage sealed = fixture.sealed(SCHEMA, Map.of("orders", List.of()));

    load(sealed);

    assertThat(fixture.count("_dlt_loads")).isEqualTo(1);
  }

  @Test
  void eightInstancesThatLoadThePackageAtOnceLoadItOnce() throws Exception {
    SealedPackage sealed = sealed(10);

    atOnce(
        8,
        () -> {
          load(sealed);
          return null;
        });

    assertIsInOnce(10);
  }

  @Test
  void whatDiedBetweenLoadAndCommitIsFinishedByAnother() throws IOException {
    SealedPackage sealed = sealed(3);
    assertThatThrownBy(
            () ->
                fixture
                    .instance()
                    .load(
                        sealed,
                        taken -> {
                          throw new IOException("killed");
                        },
                        soon()))
        .hasMessage("killed");
    assertThat(fixture.count("_dlt_loads")).isZero();

    load(sealed);

    assertIsInOnce(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatDiedBetweenTheCommitRowsIsFinishedByAnother(int written) throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.instance().record(commitRows(LOAD_ID, 3).subList(0, written));

    load(sealed);

    assertIsInOnce(3);
  }

  static Stream<Arguments> everyCallThatFailsInEveryWay() {
    List<Misbehaviour> ways =
        List.of(
            Misbehaviour.refuseBefore(Reason.BACKEND_ERROR),
            Misbehaviour.refuseAfter(Reason.INTERNAL_ERROR),
            Misbehaviour.refuseBefore(Reason.RATE_LIMIT_EXCEEDED),
            Misbehaviour.refuseAfter(Reason.BAD_GATEWAY),
            Misbehaviour.hangUpBefore(),
            Misbehaviour.hangUpAfter(),
            Misbehaviour.cutAnswer());
    return Stream.of(
            CallKind.DATASETS_GET,
            CallKind.TABLES_GET,
            CallKind.JOBS_INSERT_LOAD,
            CallKind.JOBS_INSERT_QUERY,
            CallKind.JOBS_GET,
            CallKind.TABLEDATA_LIST)
        .flatMap(kind -> ways.stream().map(way -> Arguments.of(kind, way)));
  }

  @ParameterizedTest
  @MethodSource("everyCallThatFailsInEveryWay")
  void aCallThatFailsOrWhoseAnswerIsLostIsMadeAgain(CallKind kind, Misbehaviour way)
      throws IOException {
    fixture.strict.tell(Fault.on(kind, Occasion.firstTimes(2), way));

    load(sealed(3));

    assertThat(fixture.strict.befallen()).isPositive();
    fixture.strict.behave();
    assertIsInOnce(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aFifthOfAllCallsMayFail(long seed) throws IOException {
    for (Misbehaviour way :
        List.of(
            Misbehaviour.refuseAfter(Reason.BACKEND_ERROR),
            Misbehaviour.hangUpBefore(),
            Misbehaviour.hangUpAfter())) {
      fixture.strict.tell(Fault.onAny(Occasion.randomly(0.07, seed), way));
    }

    load(sealed(3));

    fixture.strict.behave();
    assertIsInOnce(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"BACKEND_ERROR", "INTERNAL_ERROR", "QUOTA_EXCEEDED", "RATE_LIMIT_EXCEEDED"})
  void aJobThatFailsInPassingIsFollowedByTheNextSuffix(Reason reason) throws IOException {
    fixture.strict.tell(
        Fault.on(CallKind.JOBS_INSERT_LOAD, Occasion.firstTimes(2), Misbehaviour.failJob(reason)));
    SealedPackage sealed = sealed(3);
    List<Taken> taken = new ArrayList<>();

    fixture
        .instance()
        .load(
            sealed,
            counted -> {
              taken.add(counted);
              return commit(sealed).rows(counted);
            },
            soon());

    assertThat(taken.get(0).jobs().get("orders")).singleElement().asString().endsWith("_2");
    assertIsInOnce(3);
  }

  @Test
  void failedJobsOfARunBeforeAreNotMadeAgain() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.strict.tell(
        Fault.on(
            CallKind.JOBS_INSERT_LOAD,
            Occasion.always(),
            Misbehaviour.failJob(Reason.BACKEND_ERROR)));
    assertFails(sealed, Duration.ofSeconds(3), LoadError.UNAVAILABLE);
    fixture.strict.behave();
    long failed = jobsOfOrders();

    load(sealed);

    assertThat(jobsOfOrders()).isEqualTo(failed + 1);
    assertIsInOnce(3);
  }

  @Test
  void aQuotaThatIsUsedUpForLongerThanTheDeadlineLeavesTheBatchForLater() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.instance().evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    fixture.strict.tell(
        Fault.on(
            CallKind.JOBS_INSERT_LOAD,
            Occasion.always(),
            Misbehaviour.refuseBefore(Reason.QUOTA_EXCEEDED)));

    assertFails(sealed, Duration.ofSeconds(1), LoadError.QUOTA_EXCEEDED);

    fixture.strict.behave();
    load(sealed);
    assertIsInOnce(3);
  }

  @Test
  void aJobThatOutlivesTheDeadlineIsFoundByTheNextDelivery() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.instance().evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    fixture.strict.tell(
        Fault.on(
            CallKind.JOBS_INSERT_LOAD,
            Occasion.nth(1),
            Misbehaviour.slowJob(Duration.ofSeconds(4))));

    assertFails(sealed, Duration.ofSeconds(1), LoadError.OUT_OF_TIME);

    load(sealed);
    assertIsInOnce(3);
  }

  @Test
  void aCallWithoutAnAnswerDoesNotOutliveTheDeadlineByMoreThanItsOwnTime() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.instance().evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    fixture.strict.tell(
        Fault.on(
            CallKind.JOBS_INSERT_LOAD,
            Occasion.always(),
            Misbehaviour.delay(Duration.ofSeconds(60))));
    Instant begun = Instant.now();

    assertFails(sealed, Duration.ofSeconds(1), LoadError.UNAVAILABLE);

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @EnumSource(
      value = CallKind.class,
      names = {"TABLES_GET", "JOBS_INSERT_LOAD", "JOBS_INSERT_QUERY", "JOBS_GET"})
  void refusedCredentialsAreNotTriedAgain(CallKind kind) throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.strict.tell(
        Fault.on(kind, Occasion.always(), Misbehaviour.refuseBefore(Reason.ACCESS_DENIED)));

    assertFails(sealed, Duration.ofSeconds(10), LoadError.ACCESS_DENIED);
  }

  @Test
  void aMissingDatasetIsAMatterOfConfiguration() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.client.delete("telemetry", BigQuery.DatasetDeleteOption.deleteContents());

    LoadException failure = assertFails(sealed, Duration.ofSeconds(10), LoadError.MISCONFIGURED);

    assertThat(failure).hasMessageContaining("telemetry");
  }

  @Test
  void aDatasetThatIsDeletedAndMadeAnewTakesTheNextPackage() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    SealedPackage first = sealed(3);
    warehouse.load(first, commit(first), soon());
    fixture.client.delete("telemetry", BigQuery.DatasetDeleteOption.deleteContents());
    fixture.client.delete("telemetry_unique", BigQuery.DatasetDeleteOption.deleteContents());
    fixture.createDatasets();

    warehouse.load(first, commit(first), soon());

    assertIsInOnce(3);
  }

  @Test
  void aTableThatIsDeletedByHandIsMadeAnew() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    fixture.client.delete(Fixture.DATASET.table("orders"));
    SealedPackage sealed = sealed(3);

    warehouse.load(sealed, commit(sealed), soon());

    assertIsInOnce(3);
  }

  @Test
  void whatWentIntoATableThatWasDeletedBeforeTheCommitIsLoadedAgain() throws IOException {
    SealedPackage sealed = sealed(3);
    BigQueryWarehouse warehouse = fixture.instance();
    assertThatThrownBy(
            () ->
                warehouse.load(
                    sealed,
                    taken -> {
                      fixture.client.delete(Fixture.DATASET.table("orders"));
                      throw new IOException("killed");
                    },
                    soon()))
        .hasMessage("killed");

    warehouse.load(sealed, commit(sealed), soon());

    assertIsInOnce(3);
  }

  @Test
  void aStagedPartThatIsGoneIsAMatterOfConfiguration() throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.staging.delete("packages/" + LOAD_ID + "/a/orders.0.jsonl");

    assertFails(sealed, Duration.ofSeconds(10), LoadError.MISCONFIGURED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"ACCESS_DENIED", "NOT_FOUND"})
  void aJobThatFailedForWhatIsPutRightSince_isFollowedByAnother(Reason reason) throws IOException {
    SealedPackage sealed = sealed(3);
    fixture.strict.tell(
        Fault.on(CallKind.JOBS_INSERT_LOAD, Occasion.always(), Misbehaviour.failJob(reason)));
    assertThatThrownBy(() -> load(sealed)).isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> load(sealed)).isInstanceOf(LoadException.class);
    fixture.strict.behave();

    load(sealed);

    assertIsInOnce(3);
  }

  @Test
  void systemRowsAreWrittenOnceHoweverOftenTheyAreRecorded() throws IOException {
    List<SystemRows> rows = commitRows(LOAD_ID, 3).subList(0, 2);

    fixture.instance().record(rows);
    fixture.instance().record(commitRows(LOAD_ID, 3).subList(0, 2));

    assertThat(fixture.count("_millrace_batches")).isEqualTo(1);
    assertThat(fixture.count("_dlt_version")).isEqualTo(1);
  }

  @Test
  void aSchemaVersionIsThereOnceThoughItsJobIsForgotten() throws IOException {
    List<SystemRows> version = commitRows(LOAD_ID, 3).subList(1, 2);
    fixture.instance().evolve(SCHEMA, Set.of(), Instant.MAX);
    fixture.loadByHand("_dlt_version", version.get(0).lines());

    fixture.instance().record(version);

    assertThat(fixture.count("_dlt_version")).isEqualTo(1);
  }

  @Test
  void inTheSteadyStateASmallBatchTakesFewCallsAndNoQuery() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    SealedPackage first = sealed(3);
    warehouse.load(first, commit(first), soon());
    fixture.strict.forgetCalls();

    String next = LOAD_ID.replace(".000001", ".000002");
    warehouse.evolve(SCHEMA, Set.of("orders"), Instant.MAX);
    SealedPackage second = fixture.sealed(next, SCHEMA, Map.of("orders", List.of(orderLines(2))));
    warehouse.load(second, commit(second), soon());

    assertThat(callsOf(CallKind.JOBS_INSERT_QUERY)).isEmpty();
    assertThat(callsOf(CallKind.JOBS_QUERY)).isEmpty();
    assertThat(callsOf(CallKind.TABLEDATA_LIST)).isEmpty();
    assertThat(callsOf(CallKind.JOBS_INSERT_LOAD)).hasSize(3);
    assertThat(callsOf(CallKind.TABLES_GET)).hasSizeLessThanOrEqualTo(5);
  }

  private SealedPackage sealed(int rows) throws IOException {
    return fixture.sealed(SCHEMA, Map.of("orders", List.of(orderLines(rows))));
  }

  /** By an instance that has just started. */
  private void load(SealedPackage sealed) throws IOException {
    fixture.instance().load(sealed, commit(sealed), soon());
  }

  private LoadException assertFails(SealedPackage sealed, Duration time, LoadError error)
      throws IOException {
    LoadException failure =
        catchThrowableOfType(
            LoadException.class,
            () -> fixture.instance().load(sealed, commit(sealed), Instant.now().plus(time)));
    assertThat(failure).isNotNull();
    assertThat(failure.error()).as(failure.getMessage()).isEqualTo(error);
    return failure;
  }

  private void assertIsInOnce(long rows) {
    assertThat(fixture.count("orders")).isEqualTo(rows);
    assertThat(fixture.count("_millrace_batches")).isEqualTo(1);
    assertThat(fixture.count("_dlt_version")).isEqualTo(1);
    assertThat(fixture.count("_dlt_loads")).isEqualTo(1);
  }

  private long jobsOfOrders() {
    return callsOf(CallKind.JOBS_INSERT_LOAD).stream()
        .filter(call -> call.target().endsWith("orders") && call.status() == 200)
        .count();
  }

  private List<Call> callsOf(CallKind kind) {
    return fixture.strict.calls().stream().filter(call -> call.kind() == kind).toList();
  }

  private static void atOnce(int count, Callable<Void> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(threads.submit(work));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
