package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.batch;
import static dev.millrace.function.bigquery.Fixture.order;
import static dev.millrace.function.bigquery.Fixture.orders;
import static dev.millrace.function.bigquery.Fixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.RowLine;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the dataset itself tells. */
@Tag("once")
class DatasetQueriesTest extends StrictTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final String OLD = "1700000000.000001000001";

  @Test
  void aYoungBatchIsNotAskedFor() throws IOException {
    assertThat(fixture.instance().isLoaded(Fixture.LOAD_ID)).isFalse();
    assertThat(fixture.strict.calls()).noneMatch(call -> call.target().contains("_dlt_loads"));
  }

  @Test
  void anOldBatchIsLoadedIfDltLoadsHasIt() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), Set.of(), Instant.MAX);
    assertThat(warehouse.isLoaded(OLD)).isFalse();

    fixture.loadByHand("_dlt_loads", load(OLD));

    assertThat(warehouse.isLoaded(OLD)).isTrue();
  }

  @Test
  void nothingIsLoadedWhereThereAreNoTables() throws IOException {
    assertThat(fixture.instance().isLoaded(OLD)).isFalse();
    assertThat(fixture.instance().settled(Set.of(OLD))).isEmpty();
    assertThat(fixture.instance().settled(Set.of())).isEmpty();
  }

  @Test
  void aLoadIsSettledIfItIsInOrItsNewestOutcomeIsThatItFailed() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), Set.of(), Instant.MAX);
    fixture.loadByHand("_dlt_loads", load("1700000001.0"));
    add(failed("1700000001.0", NOON));
    add(failed("1700000002.0", NOON));
    add(failed("1700000003.0", NOON));
    add(batch("1700000003.0", NOON.plusSeconds(1), "loaded"));

    assertThat(
            warehouse.settled(
                Set.of("1700000001.0", "1700000002.0", "1700000003.0", "1700000004.0")))
        .isEqualTo(
            Map.of(
                "1700000001.0", new Settled.In(),
                "1700000002.0", new Settled.Failed("object_gone", "it is gone")));
  }

  @Test
  void earlierEventsAreFoundByTheirRootIds() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    Schema both =
        schema(
            Fixture.table("orders", Map.of(), Fixture.root()),
            Fixture.table("pages", Map.of(), Fixture.root()));
    warehouse.evolve(both, Set.of("orders", "pages"), Instant.MAX);
    rows("orders", order("a", "1.0", NOON, ""), order("old", "1.0", NOON.minusSeconds(9), ""));
    rows("orders", order("own", "2.0", NOON, ""));
    rows("pages", order("b", "1.0", NOON, ""));

    assertThat(
            warehouse.present(
                Map.of(
                    "orders", Set.of("a", "old", "own", "never"),
                    "pages", Set.of("a", "b"),
                    "absent", Set.of("a")),
                NOON.minusSeconds(1),
                "2.0"))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void manyIdsAreAskedForInOneQuery() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(orders(), Set.of("orders"), Instant.MAX);
    rows("orders", order("id7", "1.0", NOON, ""));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      ids.add("id" + i);
    }
    fixture.strict.forgetCalls();

    assertThat(warehouse.present(Map.of("orders", ids), NOON, "2.0")).containsExactly("id7");
    assertThat(fixture.strict.calls())
        .filteredOn(call -> call.target().contains("UNNEST"))
        .hasSize(1);
  }

  @Test
  void aDatasetThatNobodyLoadedIntoKnowsNoSchema() throws IOException {
    assertThat(fixture.instance().storedSchema("millrace")).isEmpty();
  }

  @Test
  void theSchemaIsTheNewestVersionWithTheColumnsThatTablesHaveBeyondIt() throws IOException {
    BigQueryWarehouse warehouse = fixture.instance();
    warehouse.evolve(
        orders(Column.of("coupon", DataType.TEXT), Column.of("total__v_text", DataType.TEXT)),
        Set.of("orders"),
        Instant.MAX);
    Schema newest = orders().savedAfter(Schema.initial("millrace"));
    fixture.loadByHand("_dlt_version", version(Schema.initial("millrace"), NOON));
    fixture.loadByHand("_dlt_version", version(newest, NOON.plusSeconds(1)));
    fixture.loadByHand(
        "_millrace_schema_changes",
        new RowLine()
            .timestamp("recorded_at", NOON)
            .text("change_id", "c")
            .text("load_id", "1.0")
            .text("kind", "new-column")
            .text("table_name", "orders")
            .text("column_name", "total")
            .text("raw_path", "Total!")
            .toBytes());

    StoredSchema stored = warehouse.storedSchema("millrace").orElseThrow();

    assertThat(stored.rawPaths()).isEqualTo(Map.of("orders.total", "Total!"));
    assertThat(stored.schema().version()).isEqualTo(newest.version());
    Map<String, Column> columns = stored.schema().table("orders").columns();
    assertThat(columns.get("coupon")).isEqualTo(Column.of("coupon", DataType.TEXT));
    assertThat(columns.get("total__v_text").isVariant()).isTrue();
    assertThat(columns).doesNotContainKey("added");
    assertThat(warehouse.storedSchema("other")).isEmpty();
  }

  private static byte[] version(Schema schema, Instant at) {
    return new RowLine()
        .number("version", schema.version())
        .number("engine_version", Schema.ENGINE_VERSION)
        .timestamp("inserted_at", at)
        .text("schema_name", schema.name())
        .text("version_hash", schema.versionHash())
        .text("schema", new String(schema.document(), StandardCharsets.UTF_8))
        .toBytes();
  }

  private static byte[] load(String loadId) {
    return new RowLine()
        .text("load_id", loadId)
        .number("status", 0)
        .timestamp("inserted_at", NOON)
        .toBytes();
  }

  private static RowLine failed(String loadId, Instant at) {
    return batch(loadId, at, "failed").text("code", "object_gone").text("detail", "it is gone");
  }

  private void add(RowLine row) throws IOException {
    fixture.loadByHand("_millrace_batches", row.toBytes());
  }

  private void rows(String table, String... lines) throws IOException {
    fixture.loadByHand(
        table, (String.join("\n", List.of(lines)) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
