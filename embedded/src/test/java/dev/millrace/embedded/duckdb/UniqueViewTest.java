package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.loadsRow;
import static dev.millrace.embedded.duckdb.Fixture.row;
import static dev.millrace.embedded.duckdb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniqueViewTest {
  private static final Table ORDERS = table("orders", Column.of("n", DataType.BIGINT));
  private static final String DAY_1 = "2026-11-01T00:00:00.000000Z";
  private static final String DAY_2 = "2026-11-02T00:00:00.000000Z";
  private static final String DAY_3 = "2026-11-03T00:00:00.000000Z";

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
  }

  private void load(String loadId, Table table, String... rows) throws Exception {
    fixture.load(fixture.sealed(loadId, table, rows), commit(loadId));
  }

  @Test
  void view_hasTheEarliestReceivedRowOfEachId() throws Exception {
    load("1", ORDERS, row("a", DAY_2, ",\"n\":2"), row("b", DAY_2, ",\"n\":5"));
    load("2", ORDERS, row("a", DAY_1, ",\"n\":1"), row("a", DAY_3, ",\"n\":3"));
    assertThat(unique("telemetry_unique.orders")).containsExactly("a|1", "b|5");
  }

  @Test
  void view_ofRowsReceivedAtOnce_hasTheOneLoadedFirst() throws Exception {
    load("1", ORDERS, row("a", DAY_1, ",\"n\":9"));
    load("2", ORDERS, row("a", DAY_1, ",\"n\":1"));
    assertThat(unique("telemetry_unique.orders")).containsExactly("a|9");
  }

  @Test
  void view_prefersARowThatSaysWhenItWasReceived() throws Exception {
    load("1", ORDERS, "{\"_dlt_load_id\":\"1\",\"_dlt_id\":\"a\",\"n\":9}");
    load("2", ORDERS, row("a", DAY_3, ",\"n\":1"));
    assertThat(unique("telemetry_unique.orders")).containsExactly("a|1");
  }

  @Test
  void between_isExactWithinItsRange_fromInclusiveToExclusive() throws Exception {
    load("1", ORDERS, row("a", DAY_1, ",\"n\":1"), row("b", DAY_3, ",\"n\":3"));
    load("2", ORDERS, row("a", DAY_2, ",\"n\":2"), row("c", DAY_2, ",\"n\":4"));
    load("3", ORDERS, row("c", DAY_2, ",\"n\":5"));
    assertThat(unique("telemetry_unique.orders_between('%s', '%s')".formatted(DAY_2, DAY_3)))
        .containsExactly("a|2", "c|4");
  }

  @Test
  void viewAndBetween_haveAColumnThatWasAddedLater() throws Exception {
    load("1", ORDERS, row("a", DAY_1, ",\"n\":1"));
    Table wider =
        table("orders", Column.of("n", DataType.BIGINT), Column.of("extra", DataType.TEXT));
    load("2", wider, row("b", DAY_1, ",\"n\":2,\"extra\":\"x\""));
    assertThat(fixture.query("SELECT n, extra FROM telemetry_unique.orders ORDER BY n"))
        .containsExactly("1|null", "2|x");
    assertThat(
            fixture.query(
                "SELECT n, extra FROM telemetry_unique.orders_between('2026-01-01', '2027-01-01') ORDER BY n"))
        .containsExactly("1|null", "2|x");
  }

  @Test
  void batchesView_hasTheLatestRowOfEachBatch() throws Exception {
    fixture.warehouse.record(List.of(batch("x", 1, "failed"), batch("y", 1, "failed")));
    fixture.warehouse.record(List.of(loadsRow("1"), batch("x", 1, "loaded"), batch("x", 2, "new")));
    assertThat(
            fixture.query(
                "SELECT object, generation, state FROM telemetry_unique._millrace_batches ORDER BY ALL"))
        .containsExactly("x|1|loaded", "x|2|new", "y|1|failed");
  }

  private static SystemRows batch(String object, long generation, String state) {
    String line =
        "{\"recorded_at\":\"%s\",\"bucket\":\"b\",\"object\":\"%s\",\"generation\":%d,\"state\":\"%s\"}\n"
            .formatted(DAY_1, object, generation, state);
    return new SystemRows(
        Fixture.BATCHES, line.getBytes(StandardCharsets.UTF_8), List.of(), 1, object, null);
  }

  private List<String> unique(String from) throws Exception {
    return fixture.query("SELECT _dlt_id, n FROM " + from + " ORDER BY 1, 2");
  }
}
