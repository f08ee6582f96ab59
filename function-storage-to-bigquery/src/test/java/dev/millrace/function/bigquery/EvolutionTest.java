package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.DATASET;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.order;
import static dev.millrace.function.bigquery.Fixture.orders;
import static dev.millrace.function.bigquery.Fixture.root;
import static dev.millrace.function.bigquery.Fixture.schema;
import static dev.millrace.function.bigquery.Fixture.soon;
import static dev.millrace.function.bigquery.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.bigquery.error.Reason;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tables and views follow the schema, whoever else changes them. */
class EvolutionTest extends StrictTest {
  private static final Set<String> ORDERS = Set.of("orders");

  @Test
  void aNewTableIsPartitionedByDayAndClustered() throws IOException {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);

    StandardTableDefinition definition = definition("orders");
    assertThat(definition.getTimePartitioning().getType()).isEqualTo(TimePartitioning.Type.DAY);
    assertThat(definition.getTimePartitioning().getField()).isEqualTo("_millrace_received_at");
    assertThat(definition.getClustering().getFields()).containsExactly("_dlt_id");
    assertThat(definition("_dlt_loads").getTimePartitioning().getField()).isEqualTo("inserted_at");
    assertThat(modes("orders"))
        .containsEntry("_dlt_id", Field.Mode.REQUIRED)
        .containsEntry("total", Field.Mode.NULLABLE);
  }

  @Test
  void theSystemTablesAreDescribed() throws IOException {
    fixture.instance().evolve(orders(), Set.of(), Instant.MAX);

    assertThat(fixture.client.getTable(DATASET.table("_millrace_bad_events")).getDescription())
        .startsWith("Events, and rows of events");
    assertThat(definition("_dlt_loads").getSchema().getFields().get("status").getDescription())
        .isEqualTo("Status of the load operation (0 = success)");
  }

  @Test
  void tablesOnceLookedAtAreRemembered() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), ORDERS, Instant.MAX);
    fixture.strict.forgetCalls();

    warehouse.evolve(orders(), ORDERS, Instant.MAX);

    assertThat(fixture.strict.calls()).isEmpty();
  }

  @Test
  void allNewColumnsAreAddedByOneStatement() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), ORDERS, Instant.MAX);
    fixture.strict.forgetCalls();

    warehouse.evolve(
        orders(Column.of("coupon", DataType.TEXT), Column.of("gift", DataType.BOOL)),
        ORDERS,
        Instant.MAX);

    assertThat(columns("orders")).contains("coupon", "gift");
    assertThat(
            fixture.strict.calls().stream().filter(call -> call.target().startsWith("ALTER TABLE")))
        .hasSize(1);
  }

  @Test
  void eightInstancesThatBringOtherColumnsAtOnceLeaveThemAll() throws Exception {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<OtherColumn>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Schema wider = orders(Column.of("column_" + i, DataType.TEXT));
        all.add(threads.submit(() -> fixture.instance().evolve(wider, ORDERS, Instant.MAX)));
      }
      for (Future<List<OtherColumn>> each : all) {
        assertThat(each.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }

    for (int i = 0; i < 8; i++) {
      assertThat(columns("orders")).contains("column_" + i);
      assertThat(fixture.ask("SELECT COUNT(column_%d) FROM `telemetry_unique.orders`".formatted(i)))
          .containsExactly("0");
    }
  }

  @Test
  void aColumnThatWasMadeByHandWithAnotherTypeIsTold() throws IOException {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);
    byHand("ALTER TABLE `telemetry.orders` ADD COLUMN coupon INT64");

    List<OtherColumn> others =
        fixture.instance().evolve(orders(Column.of("coupon", DataType.TEXT)), ORDERS, Instant.MAX);

    assertThat(others)
        .containsExactly(new OtherColumn("orders", "coupon", DataType.BIGINT, "INT64"));
  }

  @Test
  void aColumnOfATypeThatDltHasNoNameForIsTold() throws IOException {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);
    byHand("ALTER TABLE `telemetry.orders` ADD COLUMN coupon DATETIME");

    List<OtherColumn> others =
        fixture
            .instance()
            .evolve(orders(Column.of("coupon", DataType.TIMESTAMP)), ORDERS, Instant.MAX);

    assertThat(others).containsExactly(new OtherColumn("orders", "coupon", null, "DATETIME"));
  }

  @Test
  void namesThatDifferInCaseAloneAreOneColumn() throws IOException {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);
    byHand("ALTER TABLE `telemetry.orders` ADD COLUMN Coupon STRING");

    assertThat(
            fixture
                .instance()
                .evolve(orders(Column.of("coupon", DataType.TEXT)), ORDERS, Instant.MAX))
        .isEmpty();
    SealedPackage sealed =
        fixture.sealed(
            orders(Column.of("coupon", DataType.TEXT)),
            Map.of("orders", List.of(List.of(order("a", "\"coupon\":\"x\"")))));
    fixture.instance().load(sealed, commit(sealed), soon());
    assertThat(fixture.ask("SELECT coupon FROM `telemetry.orders`")).containsExactly("x");
  }

  @Test
  void aColumnThatWasMadeRequiredByHandIsRelaxed() throws IOException {
    fixture.client.create(
        TableInfo.of(
            DATASET.table("orders"),
            StandardTableDefinition.of(
                com.google.cloud.bigquery.Schema.of(
                    required("total", StandardSQLTypeName.INT64),
                    required("added_by_hand", StandardSQLTypeName.STRING),
                    required("_dlt_id", StandardSQLTypeName.STRING)))));

    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);

    assertThat(modes("orders"))
        .containsEntry("total", Field.Mode.NULLABLE)
        .containsEntry("added_by_hand", Field.Mode.NULLABLE)
        .containsEntry("_dlt_id", Field.Mode.REQUIRED);
  }

  @Test
  void aColumnThatSomebodyMadeRequiredAfterTheTableWasSeenDoesNotStopALoad() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), ORDERS, Instant.MAX);
    fixture.client.delete(DATASET.table("orders"));
    fixture.client.create(
        TableInfo.of(
            DATASET.table("orders"),
            StandardTableDefinition.of(
                com.google.cloud.bigquery.Schema.of(
                    required("total", StandardSQLTypeName.INT64),
                    required("_dlt_id", StandardSQLTypeName.STRING)))));
    SealedPackage sealed =
        fixture.sealed(orders(), Map.of("orders", List.of(List.of(order("a", "")))));

    warehouse.load(sealed, commit(sealed), soon());

    assertThat(fixture.ask("SELECT _dlt_id FROM `telemetry.orders`")).containsExactly("a");
  }

  @Test
  void partitionsExpireAsTheSettingsSayAlsoWhenTheyChange() throws IOException {
    fixture.instance(Duration.ofDays(90)).evolve(orders(), ORDERS, Instant.MAX);
    assertThat(definition("orders").getTimePartitioning().getExpirationMs())
        .isEqualTo(Duration.ofDays(90).toMillis());
    assertThat(definition("_dlt_loads").getTimePartitioning().getExpirationMs()).isNull();

    fixture.instance(Duration.ofDays(30)).evolve(orders(), ORDERS, Instant.MAX);

    assertThat(definition("orders").getTimePartitioning().getExpirationMs())
        .isEqualTo(Duration.ofDays(30).toMillis());
  }

  @Test
  void aViewInTheTablesPlaceIsAMatterOfConfiguration() throws IOException {
    fixture.instance().evolve(orders(), Set.of(), Instant.MAX);
    byHand("CREATE VIEW `telemetry.orders` AS SELECT 1 AS total");

    LoadException failure =
        catchThrowableOfType(
            LoadException.class, () -> fixture.instance().evolve(orders(), ORDERS, Instant.MAX));

    assertThat(failure.error()).isEqualTo(LoadError.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("orders is no table but a VIEW");
  }

  @Test
  void aMissingDatasetOfTheViewsIsAMatterOfConfiguration() {
    fixture.client.delete("telemetry_unique");

    LoadException failure =
        catchThrowableOfType(
            LoadException.class, () -> fixture.instance().evolve(orders(), ORDERS, Instant.MAX));

    assertThat(failure.error()).isEqualTo(LoadError.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("telemetry_unique");
  }

  @Test
  void aTableThatKeepsLackingAColumnOfTheRowsIsGivenUpInGoodTime() throws IOException {
    SealedPackage sealed =
        fixture.sealed(
            orders(), Map.of("orders", List.of(List.of(order("a", "\"unheard_of\":1")))));

    LoadException failure =
        catchThrowableOfType(
            LoadException.class, () -> fixture.instance().load(sealed, commit(sealed), soon()));

    assertThat(failure.error()).isEqualTo(LoadError.TABLE_CHANGED);
    assertThat(fixture.count("_dlt_loads")).isZero();
  }

  @Test
  void aRateLimitOnTablesPasses() throws IOException {
    fixture.strict.tell(
        Fault.on(
            CallKind.JOBS_INSERT_QUERY,
            Occasion.firstTimes(6),
            Misbehaviour.failJob(Reason.RATE_LIMIT_EXCEEDED)));

    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);

    assertThat(columns("orders")).contains("total");
  }

  @Test
  void theUniqueViewHasOneRowForEachIdTheEarliestReceived() throws IOException {
    load(
        orders(),
        order("a", "1.0", Instant.parse("2026-11-26T09:00:02Z"), "\"total\":2"),
        order("a", "1.0", Instant.parse("2026-11-26T09:00:01Z"), "\"total\":1"),
        order("b", "1.0", Instant.parse("2026-11-26T09:00:03Z"), "\"total\":3"));

    assertThat(fixture.ask("SELECT _dlt_id, total FROM `telemetry_unique.orders` ORDER BY _dlt_id"))
        .containsExactly("a,1", "b,3");
  }

  @Test
  void theFunctionBesideAViewIsExactWithinItsRange() throws IOException {
    load(
        orders(),
        order("a", "1.0", Instant.parse("2026-11-26T09:00:01Z"), "\"total\":1"),
        order("a", "1.0", Instant.parse("2026-11-26T09:00:02Z"), "\"total\":2"),
        order("b", "1.0", Instant.parse("2026-11-26T09:00:03Z"), "\"total\":3"));

    assertThat(
            fixture.ask(
                "SELECT _dlt_id, total FROM `telemetry_unique.orders_between`("
                    + "TIMESTAMP '2026-11-26 09:00:02+00', TIMESTAMP '2026-11-26 09:00:03+00')"))
        .containsExactly("a,2");
  }

  @Test
  void aViewHasTheColumnsThatItsTableGot() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), ORDERS, Instant.MAX);

    warehouse.evolve(orders(Column.of("coupon", DataType.TEXT)), ORDERS, Instant.MAX);

    assertThat(
            KnownTable.of(fixture.client.getTable(DATASET.unique().table("orders"))).columnNames())
        .contains("coupon");
  }

  @Test
  void aViewThatIsRightIsNotMadeAgain() throws IOException {
    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);
    fixture.strict.forgetCalls();

    fixture.instance().evolve(orders(), ORDERS, Instant.MAX);

    assertThat(fixture.strict.calls()).noneMatch(call -> call.kind() == CallKind.JOBS_INSERT_QUERY);
  }

  @Test
  void theNewestOutcomeOfABatchIsInItsView() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    Instant now = Instant.now();
    byte[] failed = Fixture.batch("1.0", now.minusSeconds(60), "failed").toBytes();
    byte[] loaded = Fixture.batch("1.0", now, "loaded").toBytes();
    warehouse.evolve(orders(), Set.of(), Instant.MAX);
    fixture.loadByHand("_millrace_batches", loaded);
    fixture.loadByHand("_millrace_batches", failed);

    assertThat(fixture.ask("SELECT state FROM `telemetry_unique._millrace_batches`"))
        .containsExactly("loaded");
  }

  @Test
  void everyTypeOfTheSchemaIsLoadedAsItIsWritten() throws IOException {
    Schema all =
        schema(
            table(
                "orders",
                Map.of(),
                root(
                    Column.of("a_text", DataType.TEXT),
                    Column.of("a_double", DataType.DOUBLE),
                    Column.of("a_bool", DataType.BOOL),
                    Column.of("a_timestamp", DataType.TIMESTAMP),
                    Column.of("a_date", DataType.DATE),
                    Column.of("a_time", DataType.TIME),
                    Column.of("a_decimal", DataType.DECIMAL),
                    Column.of("a_wei", DataType.WEI),
                    Column.of("a_binary", DataType.BINARY),
                    Column.of("a_json", DataType.JSON))));
    load(
        all,
        order(
            "a",
            """
            "total":"9007199254740993","a_text":"é","a_double":0.5,"a_bool":true,\
            "a_timestamp":"2026-11-26T09:00:00.123456Z","a_date":"2026-11-26",\
            "a_time":"09:00:00.5","a_decimal":"1.5","a_wei":"123456789012345678901234567890",\
            "a_binary":"AQI=","a_json":{"b":[1,"x"]}"""));

    assertThat(
            fixture.ask(
                "SELECT total, a_text, a_double, a_bool, a_decimal, a_wei, a_binary, TO_JSON_STRING(a_json) FROM `telemetry.orders`"))
        .containsExactly(
            "9007199254740993,é,0.5,true,1.5,123456789012345678901234567890,AQI=,{\"b\":[1,\"x\"]}");
    assertThat(fixture.instance().evolve(all, ORDERS, Instant.MAX)).isEmpty();
  }

  private void load(Schema schema, String... lines) throws IOException {
    SealedPackage sealed = fixture.sealed(schema, Map.of("orders", List.of(List.of(lines))));
    fixture.instance().load(sealed, commit(sealed), soon());
  }

  private void byHand(String sql) {
    fixture.ask(sql);
  }

  private static Field required(String name, StandardSQLTypeName type) {
    return Field.newBuilder(name, type).setMode(Field.Mode.REQUIRED).build();
  }

  private StandardTableDefinition definition(String table) {
    return fixture.client.getTable(DATASET.table(table)).getDefinition();
  }

  private List<String> columns(String table) {
    return definition(table).getSchema().getFields().stream().map(Field::getName).toList();
  }

  private Map<String, Field.Mode> modes(String table) {
    Map<String, Field.Mode> modes = new java.util.HashMap<>();
    for (Field field : definition(table).getSchema().getFields()) {
      Field.Mode mode = field.getMode();
      modes.put(field.getName(), mode == null ? Field.Mode.NULLABLE : mode);
    }
    return modes;
  }
}
