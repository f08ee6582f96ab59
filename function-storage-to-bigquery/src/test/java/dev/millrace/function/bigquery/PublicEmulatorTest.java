package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.LOAD_ID;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.order;
import static dev.millrace.function.bigquery.Fixture.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.tests.emulator.BigQueryEmulator;
import dev.millrace.tests.emulator.FakeGcs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The happy path on the public emulator, as a second witness of SQL, types and the load format. */
class PublicEmulatorTest {
  @Test
  void theDatasetAnswersWhatPeopleAsk() throws Exception {
    try (FakeGcs storage = FakeGcs.start();
        BigQueryEmulator emulator =
            BigQueryEmulator.startReading(storage, Fixture.DATASET.project());
        Fixture fixture = Fixture.onEmulator(storage, emulator)) {
      BigQueryWarehouse warehouse = fixture.instance();
      warehouse.evolve(orders(), Set.of("orders"), Instant.MAX);
      SealedPackage sealed =
          fixture.sealed(orders(), Map.of("orders", List.of(Fixture.orderLines(5))));
      warehouse.load(sealed, commit(sealed), Instant.now().plusSeconds(60));
      Dataset dataset = warehouse.dataset();
      List<String> found = new ArrayList<>();

      dataset.query(
          "SELECT _dlt_id, total, _millrace_received_at FROM %s WHERE total >= ? AND _dlt_id IN (?, ?) AND _millrace_received_at >= ? ORDER BY total"
              .formatted(dataset.table("orders")),
          List.of(2L, "id1", "id3", Instant.parse("2026-11-26T00:00:00Z")),
          row -> found.add(row.text(0) + " " + row.number(1) + " " + row.time(2)));

      assertThat(found).containsExactly("id3 3 2026-11-26T09:00:00Z");
      assertThat(dataset.tables()).containsKeys("orders", "_millrace_batches", "_dlt_loads");
      assertThat(dataset.tables().get("orders").columns())
          .extracting(column -> column.name() + " " + column.physicalType())
          .contains("total INT64", "_dlt_id STRING", "_millrace_received_at TIMESTAMP");
    }
  }

  @Test
  void aPackageIsInWithItsCommitRowsAndItsViews() throws Exception {
    try (FakeGcs storage = FakeGcs.start();
        BigQueryEmulator emulator =
            BigQueryEmulator.startReading(storage, Fixture.DATASET.project());
        Fixture fixture = Fixture.onEmulator(storage, emulator)) {
      BigQueryWarehouse warehouse = fixture.instance();
      assertThat(warehouse.evolve(orders(), Set.of("orders"), Instant.MAX)).isEmpty();
      SealedPackage sealed =
          fixture.sealed(
              orders(),
              Map.of(
                  "orders",
                  List.of(
                      List.of(
                          order("a", LOAD_ID, Instant.parse("2026-11-26T09:00:02Z"), "\"total\":2"),
                          order(
                              "a", LOAD_ID, Instant.parse("2026-11-26T09:00:01Z"), "\"total\":1")),
                      List.of(order("b", "\"total\":\"9007199254740993\"")))));

      warehouse.load(sealed, commit(sealed), Instant.now().plusSeconds(60));

      assertThat(fixture.ask("SELECT COUNT(*) FROM telemetry.orders")).containsExactly("3");
      assertThat(fixture.ask("SELECT _dlt_id, total FROM telemetry_unique.orders ORDER BY _dlt_id"))
          .containsExactly("a,1", "b,9007199254740993");
      assertThat(fixture.ask("SELECT load_id FROM telemetry._dlt_loads")).containsExactly(LOAD_ID);
      assertThat(fixture.ask("SELECT state FROM telemetry_unique._millrace_batches"))
          .containsExactly("loaded");
    }
  }
}
