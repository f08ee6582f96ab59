package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetQueriesTest {
  private static final Table ORDERS = table("orders", Column.of("total", DataType.BIGINT));

  @TempDir Path folder;
  private Fixture fixture;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
    warehouse = new DuckDbWarehouse(fixture.file, Fixture.DATASET, SystemTables.ALL);
  }

  private static SystemRows outcome(String loadId, String recordedAt, String state, String code) {
    RowLine row =
        new RowLine()
            .timestamp("recorded_at", Instant.parse(recordedAt))
            .text("load_id", loadId)
            .text("bucket", "landing")
            .text("object", "a")
            .number("generation", 1)
            .text("state", state)
            .text("code", code)
            .text("detail", code == null ? null : "it was " + code);
    return new SystemRows(SystemTables.BATCHES, row.toBytes(), List.of(), 1, loadId + state, null);
  }

  private static String row(String loadId, String id, String receivedAt) {
    return "{\"_dlt_load_id\":\"%s\",\"_dlt_id\":\"%s\",\"_millrace_received_at\":\"%s\"}"
        .formatted(loadId, id, receivedAt);
  }

  @Test
  void settled_isInOrFailedAsTheNewestRowSays() throws Exception {
    warehouse.load(fixture.sealed("1", ORDERS), commit("1"), Instant.MAX);
    warehouse.record(
        List.of(
            outcome("1", "2026-11-23T10:00:00Z", "failed", "object_gone"),
            outcome("2", "2026-11-23T10:00:00Z", "failed", "object_gone"),
            outcome("2", "2026-11-23T11:00:00Z", "failed", "object_unreadable"),
            outcome("3", "2026-11-23T11:00:00Z", "failed", "object_unreadable"),
            outcome("4", "2026-11-23T10:00:00Z", "failed", "object_gone"),
            outcome("4", "2026-11-23T11:00:00Z", "loaded", null)));

    assertThat(warehouse.settled(Set.of("1", "2", "4", "5")))
        .isEqualTo(
            Map.of(
                "1",
                new Settled.In(),
                "2",
                new Settled.Failed("object_unreadable", "it was object_unreadable")));
  }

  @Test
  void settled_withoutAFileOrTables_isNothing() throws Exception {
    assertThat(warehouse.settled(Set.of("1"))).isEmpty();
    assertThat(fixture.file.path()).doesNotExist();
    fixture.execute("CREATE TABLE other (a INTEGER)");
    assertThat(warehouse.settled(Set.of("1"))).isEmpty();
  }

  @Test
  void present_isWhatAnotherLoadBroughtSince() throws Exception {
    warehouse.load(
        fixture.sealed(
            "1",
            ORDERS,
            row("1", "old", "2026-11-20T00:00:00.000000Z"),
            row("1", "edge", "2026-11-21T00:00:00.000000Z"),
            row("1", "new", "2026-11-22T00:00:00.000000Z"),
            row("1", "unasked", "2026-11-22T00:00:00.000000Z"),
            row("2", "own", "2026-11-22T00:00:00.000000Z")),
        commit("1"),
        Instant.MAX);

    assertThat(
            warehouse.present(
                Map.of("orders", Set.of("old", "edge", "new", "own"), "missing", Set.of("x")),
                Instant.parse("2026-11-21T00:00:00Z"),
                "2"))
        .containsExactlyInAnyOrder("edge", "new");
  }

  @Test
  void present_ofManyIds_isAsked() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 500_000; i++) {
      ids.add("id" + i);
    }
    warehouse.load(
        fixture.sealed("1", ORDERS, row("1", "id7", "2026-11-22T00:00:00.000000Z")),
        commit("1"),
        Instant.MAX);

    assertThat(warehouse.present(Map.of("orders", ids), Instant.EPOCH, "2")).containsExactly("id7");
  }

  @Test
  void present_withoutAFile_isNothing() throws Exception {
    assertThat(warehouse.present(Map.of("orders", Set.of("a")), Instant.EPOCH, "1")).isEmpty();
  }
}
