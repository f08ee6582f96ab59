package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.LOAD_ID;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.commitRows;
import static dev.millrace.function.bigquery.Fixture.order;
import static dev.millrace.function.bigquery.Fixture.orderLines;
import static dev.millrace.function.bigquery.Fixture.required;
import static dev.millrace.function.bigquery.Fixture.root;
import static dev.millrace.function.bigquery.Fixture.schema;
import static dev.millrace.function.bigquery.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableInfo;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse.Commit;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import dev.millrace.loader.ports.Warehouse.Taken;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.bigquery.faults.CallKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A package that was left half loaded is in once, though BigQuery has forgotten its jobs. */
@Tag("once")
class ForgottenJobsTest extends StrictTest {
  private static final Duration HALF_A_YEAR = Duration.ofDays(200);
  private static final Clock THEN = Clock.offset(Clock.systemUTC(), HALF_A_YEAR);
  private static final String BAD = order("bad", "\"total\":\"secret\"");

  private static final Schema SCHEMA =
      schema(
          table("orders", Map.of(), root()),
          table(
              "orders__items",
              Map.of("parent", "orders"),
              Column.of("sku", DataType.TEXT),
              required("_dlt_id"),
              required("_dlt_parent_id"),
              Column.of("_millrace_received_at", DataType.TIMESTAMP)));

  /** One item of each order. */
  private static List<String> itemLines(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            i ->
                """
                {"_millrace_received_at":"2026-11-26T09:00:00Z","_dlt_id":"item%1$d",\
                "_dlt_parent_id":"id%1$d","sku":"s%1$d"}"""
                    .formatted(i))
        .toList();
  }

  private SealedPackage sealed(int orders) throws IOException {
    return fixture.sealed(
        SCHEMA,
        Map.of(
            "orders", List.of(orderLines(orders)), "orders__items", List.of(itemLines(0, orders))));
  }

  private void abandon(SealedPackage sealed) {
    abandon(fixture.instance(), sealed, Fixture.soon());
  }

  /** Dies between the tables and the commit. */
  private static void abandon(BigQueryWarehouse instance, SealedPackage sealed, Instant until) {
    assertThatThrownBy(
            () ->
                instance.load(
                    sealed,
                    taken -> {
                      throw new IOException("killed");
                    },
                    until))
        .hasMessage("killed");
  }

  private Taken loadHalfAYearLater(SealedPackage sealed) throws IOException {
    List<Taken> all = new ArrayList<>();
    Commit commit = commit(sealed);
    fixture
        .instance(THEN)
        .load(
            sealed,
            taken -> {
              all.add(taken);
              return commit.rows(taken);
            },
            soon());
    return all.get(0);
  }

  private static Instant soon() {
    return THEN.instant().plusSeconds(120);
  }

  private void assertIsInOnce(int orders) {
    for (String table : List.of("orders", "orders__items")) {
      assertThat(fixture.count(table)).as(table).isEqualTo(orders);
      assertThat(fixture.ask("SELECT COUNT(DISTINCT _dlt_id) FROM `telemetry." + table + "`"))
          .containsExactly("" + orders);
    }
    assertThat(fixture.ask("SELECT events_loaded FROM `telemetry._millrace_batches`")).hasSize(1);
    assertThat(fixture.count("_dlt_loads")).isEqualTo(1);
  }

  @Test
  void thatAllTablesHaveIt_isSeenByTheirRows() throws IOException {
    SealedPackage sealed = sealed(3);
    abandon(sealed);
    fixture.strict.forgetJobs();

    Taken taken = loadHalfAYearLater(sealed);

    assertIsInOnce(3);
    assertThat(taken.rows()).isEqualTo(Map.of("orders", 3L, "orders__items", 3L));
    assertThat(taken.jobs())
        .isEqualTo(Map.of("orders", List.of(), "orders__items", List.<String>of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders__items"})
  void whereOneTableHasIt_theOtherIsLoaded(String loaded) throws IOException {
    SealedPackage sealed = sealed(3);
    abandon(new SealedPackage(LOAD_ID, SCHEMA, Map.of(loaded, sealed.tables().get(loaded))));
    fixture.strict.forgetJobs();

    loadHalfAYearLater(sealed);

    assertIsInOnce(3);
  }

  @Test
  void ofAPackageThatWasMadeAnewWithMoreRows_theMissingOnesAreLoaded() throws IOException {
    abandon(sealed(3));
    fixture.strict.forgetJobs();

    Taken taken = loadHalfAYearLater(sealed(5));

    assertIsInOnce(5);
    assertThat(taken.rows()).isEqualTo(Map.of("orders", 5L, "orders__items", 5L));
  }

  @Test
  void partsAreTakenTogether() throws IOException {
    abandon(sealed(3));
    fixture.strict.forgetJobs();

    loadHalfAYearLater(
        fixture.sealed(
            SCHEMA,
            Map.of(
                "orders", List.of(orderLines(2), orderLines(5).subList(2, 5)),
                "orders__items", List.of(itemLines(0, 4), itemLines(4, 1)))));

    assertIsInOnce(5);
  }

  @Test
  void aTableOfManyRowsIsAskedInSeveralQueries() throws IOException {
    abandon(sealed(30_500));
    fixture.strict.forgetJobs();

    loadHalfAYearLater(sealed(30_501));

    assertIsInOnce(30_501);
  }

  @Test
  void eightInstancesThatFindItAtOnce_loadTheMissingRowsOnce() throws Exception {
    abandon(sealed(3));
    fixture.strict.forgetJobs();
    SealedPackage more = sealed(5);

    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(
                () -> {
                  fixture.instance(THEN).load(more, commit(more), soon());
                  return null;
                }));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertIsInOnce(5);
  }

  @Test
  void whatTheTablesHad_isKeptForWhoeverComesNext_asIsTheJobThatLoadsTheRest() throws IOException {
    abandon(sealed(3));
    fixture.strict.forgetJobs();
    SealedPackage more = sealed(5);
    abandon(fixture.instance(THEN), more, soon());
    abandon(fixture.instance(THEN), more, soon());

    loadHalfAYearLater(more);

    assertIsInOnce(5);
  }

  @Test
  void ofAPackageThatIsMadeAnewAfterThat_theTablesAreAskedAnew() throws IOException {
    abandon(sealed(3));
    fixture.strict.forgetJobs();
    abandon(fixture.instance(THEN), sealed(4), soon());

    loadHalfAYearLater(
        fixture.sealed(
            LOAD_ID,
            "b",
            SCHEMA,
            Map.of("orders", List.of(orderLines(6)), "orders__items", List.of(itemLines(0, 6)))));

    assertIsInOnce(6);
  }

  @Test
  void aJobThatStillRuns_isAwaitedBeforeTheTableIsAsked() throws IOException {
    fixture.close();
    fixture = new Fixture(SharedStorage.get(), Duration.ofSeconds(3));
    SealedPackage sealed = sealed(3);
    assertThatThrownBy(
            () ->
                fixture
                    .instance()
                    .load(sealed, commit(sealed), Instant.now().plus(Duration.ofSeconds(1))))
        .isInstanceOf(LoadException.class);

    Taken taken = loadHalfAYearLater(sealed);

    assertIsInOnce(3);
    assertThat(taken.jobs().get("orders")).isEmpty();
  }

  @Test
  void aTableThatIsMadeAnewWhileItIsAsked_isAskedAgain() throws IOException {
    SealedPackage sealed = fixture.sealed(SCHEMA, Map.of("orders", List.of(orderLines(3))));
    abandon(sealed);
    fixture.strict.forgetJobs();
    Staging meddling = new MeddlingStaging(fixture.staging, this::makeOrdersAnew);

    assertThatThrownBy(() -> fixture.instance(THEN, meddling).load(sealed, commit(sealed), soon()))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.TABLE_CHANGED));
    loadHalfAYearLater(sealed);

    assertThat(fixture.count("orders")).isEqualTo(3);
  }

  private void makeOrdersAnew() {
    Table orders = fixture.client.getTable(Fixture.DATASET.table("orders"));
    if (orders.getNumRows().signum() > 0) {
      orders.delete();
      fixture.client.create(TableInfo.of(orders.getTableId(), orders.getDefinition()));
    }
  }

  @Test
  void aPartThatIsGone_isAMatterOfConfiguration() throws IOException {
    SealedPackage sealed = sealed(3);
    abandon(sealed);
    fixture.strict.forgetJobs();
    fixture.staging.delete("packages/" + LOAD_ID + "/a/orders.0.jsonl");

    assertThatThrownBy(() -> loadHalfAYearLater(sealed))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.error()).isEqualTo(LoadError.MISCONFIGURED));
  }

  @Test
  void aRowBelowTheSameEvent_receivedAtAnotherTime_isNotTakenForThisOne() throws IOException {
    String early = itemLines(0, 1).get(0).replace("09:00:00Z", "09:00:00.000001Z");
    String late = itemLines(1, 1).get(0).replace("09:00:00Z", "09:10:00.999999Z");
    fixture.instance().evolve(SCHEMA, SCHEMA.tables().keySet(), Instant.MAX);
    String twin = early.replace("00.000001Z", "00.000002Z") + "\n" + late + "\n";
    fixture.loadByHand("orders__items", twin.getBytes(StandardCharsets.UTF_8));

    loadHalfAYearLater(
        fixture.sealed(
            SCHEMA,
            Map.of(
                "orders", List.of(orderLines(2)), "orders__items", List.of(List.of(early, late)))));

    assertThat(fixture.ask("SELECT _dlt_id FROM `telemetry.orders__items` ORDER BY 1"))
        .containsExactly("item0", "item0", "item1");
  }

  @Test
  void rowsOfAnotherLoadOfTheSameEvents_areNotTakenForThisOnes() throws IOException {
    String other = LOAD_ID.replace(".000001", ".000002");
    List<String> twins = orderLines(3).stream().map(line -> line.replace(LOAD_ID, other)).toList();
    SealedPackage twin = fixture.sealed(other, SCHEMA, Map.of("orders", List.of(twins)));
    fixture.instance().load(twin, commit(twin), Fixture.soon());
    fixture.strict.forgetJobs();

    loadHalfAYearLater(sealed(3));

    assertThat(
            fixture.ask(
                "SELECT _dlt_load_id, COUNT(*) FROM `telemetry.orders` GROUP BY 1 ORDER BY 1"))
        .containsExactly(LOAD_ID + ",3", other + ",3");
    assertThat(fixture.count("orders__items")).isEqualTo(3);
  }

  @Test
  void refusedRowsAreFoundAgain_andTheOthersAreInOnce() throws IOException {
    List<String> lines = new ArrayList<>(orderLines(20));
    lines.set(13, BAD);
    SealedPackage sealed =
        fixture.sealed(
            SCHEMA, Map.of("orders", List.of(lines), "orders__items", List.of(itemLines(0, 20))));
    abandon(sealed);
    fixture.strict.forgetJobs();

    Taken taken = loadHalfAYearLater(sealed);

    assertThat(taken.rows()).isEqualTo(Map.of("orders", 19L, "orders__items", 20L));
    assertThat(taken.refused()).extracting(RefusedRow::line).containsExactly(13L);
    assertThat(taken.refused())
        .extracting(RefusedRow::location)
        .containsExactly(sealed.tables().get("orders").locations().get(0));
    assertThat(fixture.count("orders")).isEqualTo(19);
    assertThat(fixture.count("orders__items")).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void commitRowsThatWereWritten_areNotWrittenAgain(int written) throws IOException {
    SealedPackage sealed = sealed(3);
    abandon(sealed);
    List<SystemRows> commit = new ArrayList<>(commitRows(LOAD_ID, 3));
    commit.addAll(1, List.of(badEvent(), schemaChange()));
    fixture.instance().record(commit.subList(0, written));
    fixture.strict.forgetJobs();

    fixture.instance(THEN).load(sealed, taken -> commit, soon());

    assertIsInOnce(3);
    assertThat(fixture.count("_millrace_bad_events")).isEqualTo(1);
    assertThat(fixture.count("_millrace_schema_changes")).isEqualTo(1);
    assertThat(fixture.count("_dlt_version")).isEqualTo(1);
  }

  @Test
  void aTableThatWasMadeSince_isNotAsked() throws IOException {
    fixture.close();
    fixture = new Fixture(SharedStorage.get(), THEN);
    SealedPackage sealed = sealed(3);
    BigQueryWarehouse warehouse = fixture.instance(THEN);
    warehouse.evolve(SCHEMA, SCHEMA.tables().keySet(), soon());
    fixture.strict.forgetCalls();

    warehouse.load(sealed, commit(sealed), soon());

    assertIsInOnce(3);
    assertThat(fixture.strict.calls()).noneMatch(call -> call.kind() == CallKind.JOBS_INSERT_QUERY);
  }

  private static SystemRows badEvent() {
    RowLine row =
        new RowLine()
            .timestamp("received_at", Instant.now())
            .text("load_id", LOAD_ID)
            .text("bucket", "landing")
            .text("object", "o")
            .number("generation", 1)
            .text("reason", "malformed")
            .text("detail", "no object")
            .bool("partial", false)
            .number("raw_bytes", 1)
            .text("raw_sha256", "s")
            .binary("raw", new byte[1]);
    return new SystemRows(SystemTables.BAD_EVENTS, row.toBytes(), List.of(), 1, LOAD_ID, null);
  }

  private static SystemRows schemaChange() {
    RowLine row =
        new RowLine()
            .timestamp("recorded_at", Instant.now())
            .text("change_id", "c")
            .text("load_id", LOAD_ID)
            .text("kind", "new-table")
            .text("table_name", "orders");
    return new SystemRows(SystemTables.SCHEMA_CHANGES, row.toBytes(), List.of(), 1, LOAD_ID, null);
  }
}
