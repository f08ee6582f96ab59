package dev.millrace.function.bigquery;

import static dev.millrace.function.bigquery.Fixture.LOAD_ID;
import static dev.millrace.function.bigquery.Fixture.commit;
import static dev.millrace.function.bigquery.Fixture.orderLines;
import static dev.millrace.function.bigquery.Fixture.orders;
import static dev.millrace.function.bigquery.Fixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.Warehouse.Taken;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.tests.emulator.FakeGcs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages into a strict BigQuery: each once. */
class BigQueryWarehouseTest {
  private static FakeGcs storage;
  private Fixture fixture;

  @BeforeAll
  static void start() throws Exception {
    storage = FakeGcs.start();
  }

  @AfterAll
  static void stop() {
    storage.close();
  }

  @BeforeEach
  void newDataset() throws IOException {
    fixture = new Fixture(storage);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aPackageIsInWithItsCommitRows() throws IOException {
    Schema schema = orders();
    BigQueryWarehouse warehouse = fixture.instance();
    assertThat(warehouse.evolve(schema, Set.of("orders"))).isEmpty();
    SealedPackage sealed =
        fixture.sealed(schema, Map.of("orders", List.of(orderLines(3), orderLines(2))));
    List<Taken> taken = new ArrayList<>();

    warehouse.load(
        sealed,
        counted -> {
          taken.add(counted);
          return commit(sealed).rows(counted);
        },
        soon());

    assertThat(taken.get(0).rows()).isEqualTo(Map.of("orders", 5L));
    assertThat(taken.get(0).jobs().get("orders")).hasSize(1);
    assertThat(fixture.count("orders")).isEqualTo(5);
    assertThat(fixture.count("_dlt_version")).isEqualTo(1);
    assertThat(fixture.ask("SELECT load_id, status FROM `telemetry._dlt_loads`"))
        .containsExactly(LOAD_ID + ",0");
    assertThat(fixture.ask("SELECT state, events_loaded FROM `telemetry_unique._millrace_batches`"))
        .containsExactly("loaded,5");
    assertThat(fixture.ask("SELECT COUNT(*) FROM `telemetry_unique.orders`")).containsExactly("3");
  }
}
