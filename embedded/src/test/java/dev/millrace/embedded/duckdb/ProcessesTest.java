package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than one process, one of which may die. */
class ProcessesTest {
  private static final String AT = "2026-11-23T10:00:00.000000Z";

  /** So many that DuckDB writes row groups to the file before the commit. */
  private static final int MANY = 300_000;

  @TempDir Path folder;
  private Fixture fixture;
  private Path part;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
    fixture.load(
        fixture.sealed("1", BlockedLoad.ORDERS, row("first", AT, ",\"n\":1")), commit("1"));
    part = folder.resolve("many.jsonl");
    try (BufferedWriter lines = Files.newBufferedWriter(part)) {
      for (int i = 0; i < MANY; i++) {
        lines.write(row("id" + i, AT, ",\"n\":" + i));
        lines.newLine();
      }
    }
  }

  @Test
  void load_killedBeforeTheCommit_leavesNothing_andCanBeRepeated() throws Exception {
    Process process = BlockedLoad.start(folder, "2", part, MANY);
    process.destroyForcibly().waitFor();
    assertThat(fixture.query("SELECT _dlt_id FROM telemetry.orders")).containsExactly("first");
    assertThat(fixture.warehouse.isLoaded("2")).isFalse();
    fixture.load(
        new SealedPackage(
            "2",
            Fixture.schema(BlockedLoad.ORDERS),
            Map.of(
                "orders",
                new SealedPackage.TableParts(
                    List.of(part.toString()),
                    List.copyOf(BlockedLoad.ORDERS.columns().keySet()),
                    MANY))),
        commit("2"));
    assertThat(fixture.query("SELECT count(*), count(DISTINCT _dlt_id) FROM telemetry.orders"))
        .containsExactly((MANY + 1) + "|" + (MANY + 1));
  }

  @Test
  void open_whileAnotherProcessHasIt_saysWhoHoldsIt() throws Exception {
    Process process = BlockedLoad.start(folder, "2", part, MANY);
    try {
      DuckDbFile impatient =
          new DuckDbFile(folder.resolve("millrace.duckdb"), Duration.ofMillis(100));
      DuckDbWarehouse warehouse =
          new DuckDbWarehouse(
              impatient, Fixture.DATASET, List.of(Fixture.BATCHES, Fixture.VERSION, Fixture.LOADS));
      assertThatThrownBy(() -> warehouse.isLoaded("1"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("PID " + process.pid())
          .hasMessageContaining(impatient.path().toString())
          .extracting(e -> ((LoadException) e).error())
          .isEqualTo(LoadError.DATABASE_LOCKED);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void load_whileAnotherProcessLoads_waitsForIt() throws Exception {
    Process process = BlockedLoad.start(folder, "2", part, MANY);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> waiting =
          thread.submit(
              () -> {
                fixture.load(
                    fixture.sealed("3", BlockedLoad.ORDERS, row("third", AT, ",\"n\":3")),
                    commit("3"));
                return null;
              });
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      waiting.get(60, TimeUnit.SECONDS);
      assertThat(process.waitFor()).isZero();
    } finally {
      thread.shutdownNow();
      process.destroyForcibly().waitFor();
    }
    assertThat(fixture.query("SELECT load_id FROM telemetry._dlt_loads ORDER BY 1"))
        .containsExactly("1", "2", "3");
    assertThat(fixture.query("SELECT count(*) FROM telemetry.orders"))
        .containsExactly(String.valueOf(MANY + 2));
  }
}
