package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.loadsRow;
import static dev.millrace.embedded.duckdb.Fixture.row;
import static dev.millrace.embedded.duckdb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SealedPackage;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbWarehouseTest {
  private static final Table ORDERS = table("orders", Column.of("total", DataType.BIGINT));
  private static final String AT = "2026-11-23T10:00:00.000000Z";

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
  }

  @Test
  void load_hasTheRowsAndTheCommitRows() throws Exception {
    SealedPackage sealed =
        fixture.sealed("1", ORDERS, row("a", AT, ",\"total\":1"), row("b", AT, ""));
    fixture.load(sealed, commit("1"));
    assertThat(fixture.query("SELECT _dlt_id, total FROM telemetry.orders ORDER BY 1"))
        .containsExactly("a|1", "b|null");
    assertThat(fixture.query("SELECT load_id FROM telemetry._dlt_loads")).containsExactly("1");
  }

  @Test
  void load_tellsTheCommitHowManyRowsItTook() throws Exception {
    List<Map<String, Long>> told = new ArrayList<>();
    fixture.load(
        fixture.sealed("1", ORDERS, row("a", AT, ""), row("b", AT, "")),
        taken -> {
          told.add(taken.rows());
          return List.of(loadsRow("1"));
        });
    assertThat(told).containsExactly(Map.of("orders", 2L));
  }

  @Test
  void load_ofATableWithoutParts_tellsZero() throws Exception {
    List<Map<String, Long>> told = new ArrayList<>();
    SealedPackage sealed =
        new SealedPackage(
            "1",
            Fixture.schema(ORDERS),
            Map.of("orders", new SealedPackage.TableParts(List.of(), List.of(), 0)));
    fixture.load(
        sealed,
        taken -> {
          told.add(taken.rows());
          return List.of(loadsRow("1"));
        });
    assertThat(told).containsExactly(Map.of("orders", 0L));
  }

  @Test
  void load_ofALoadedPackage_changesNothingAndAsksForNoRows() throws Exception {
    SealedPackage sealed = fixture.sealed("1", ORDERS, row("a", AT, ""));
    fixture.load(sealed, commit("1"));
    fixture.load(
        sealed,
        counts -> {
          throw new AssertionError("asked");
        });
    assertThat(fixture.query("SELECT count(*) FROM telemetry.orders")).containsExactly("1");
  }

  @Test
  void load_whenTheCommitThrows_leavesNothing() throws Exception {
    SealedPackage sealed = fixture.sealed("1", ORDERS, row("a", AT, ""));
    fixture.warehouse.evolve(sealed.schema(), sealed.tables().keySet(), Instant.MAX);
    assertThatThrownBy(
            () ->
                fixture.load(
                    sealed,
                    counts -> {
                      throw new LoadException(LoadError.COUNTS_DIFFER, "no");
                    }))
        .isInstanceOf(LoadException.class)
        .hasMessage("no");
    assertThat(fixture.query("SELECT count(*) FROM telemetry.orders")).containsExactly("0");
    assertThat(fixture.warehouse.isLoaded("1")).isFalse();
  }

  @Test
  void load_whenTheSecondCommitRowIsRefused_leavesNothing() throws Exception {
    SystemRows refused =
        new SystemRows(Fixture.VERSION, bytes("{\"version\":1}\n"), List.of(), 1, "h", null);
    assertThatThrownBy(
            () ->
                fixture.load(
                    fixture.sealed("1", ORDERS, row("a", AT, "")),
                    counts -> List.of(loadsRow("1"), refused)))
        .isInstanceOf(LoadException.class);
    assertThat(fixture.warehouse.isLoaded("1")).isFalse();
  }

  @Test
  void load_whenARowIsRefused_saysWhereAndTellsNoValue() throws Exception {
    SealedPackage sealed =
        fixture.sealed("1", ORDERS, row("a", AT, ""), row("b", AT, ",\"total\":\"secret\""));
    assertThatThrownBy(() -> fixture.load(sealed, commit("1")))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("line 2 of " + folder.resolve("1.jsonl"))
        .hasMessageNotContaining("secret")
        .hasNoCause()
        .extracting(e -> ((LoadException) e).error())
        .isEqualTo(LoadError.COUNTS_DIFFER);
  }

  @Test
  void load_atTheSameTime_loadsOnce() throws Exception {
    SealedPackage sealed = fixture.sealed("1", ORDERS, row("a", AT, ""));
    ConcurrentLinkedQueue<String> commits = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> loads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Fixture another = new Fixture(folder);
        loads.add(
            threads.submit(
                () -> {
                  another.load(
                      sealed,
                      counts -> {
                        commits.add("commit");
                        return List.of(loadsRow("1"));
                      });
                  return null;
                }));
      }
      for (Future<?> load : loads) {
        load.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(commits).hasSize(1);
    assertThat(fixture.query("SELECT count(*) FROM telemetry.orders")).containsExactly("1");
  }

  @Test
  void load_afterTheFileWasDeleted_makesItAnew() throws Exception {
    fixture.load(fixture.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    Files.delete(fixture.file.path());
    fixture.load(fixture.sealed("2", ORDERS, row("b", AT, "")), commit("2"));
    assertThat(fixture.query("SELECT _dlt_id FROM telemetry.orders")).containsExactly("b");
  }

  @Test
  void load_afterATableWasDroppedByHand_makesItAnew() throws Exception {
    fixture.load(fixture.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    fixture.execute("DROP TABLE telemetry.orders");
    fixture.load(fixture.sealed("2", ORDERS, row("b", AT, "")), commit("2"));
    assertThat(fixture.query("SELECT _dlt_id FROM telemetry.orders")).containsExactly("b");
  }

  @Test
  void load_ofALineLongerThanUsual_loadsIt() throws Exception {
    Table notes = table("notes", Column.of("text", DataType.TEXT));
    String line = row("a", AT, ",\"text\":\"" + "x".repeat(40 << 20) + "\"");
    fixture.load(fixture.sealed("1", notes, line), commit("1"));
    assertThat(fixture.query("SELECT length(text) FROM telemetry.notes"))
        .containsExactly(String.valueOf(40 << 20));
  }

  @Test
  void load_fromAFolderWithPatternCharacters_readsThatFileAlone() throws Exception {
    Fixture odd = new Fixture(Files.createDirectories(folder.resolve("k=v/it's [a]*")));
    odd.load(odd.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    assertThat(odd.query("SELECT _dlt_id FROM telemetry.orders")).containsExactly("a");
  }

  @Test
  void record_unlessExists_writesOnlyNewValues() throws Exception {
    SystemRows rows =
        new SystemRows(
            Fixture.VERSION,
            bytes(version("h1") + version("h2")),
            List.of(),
            2,
            "h1",
            "version_hash");
    SystemRows first =
        new SystemRows(Fixture.VERSION, bytes(version("h1")), List.of(), 1, "h1", "version_hash");
    fixture.warehouse.record(List.of(first));
    fixture.warehouse.record(List.of(rows));
    assertThat(fixture.query("SELECT version_hash FROM telemetry._dlt_version ORDER BY 1"))
        .containsExactly("h1", "h2");
  }

  @Test
  void record_fromALocation_writesItsRows() throws Exception {
    Path part = Files.writeString(folder.resolve("versions.jsonl"), version("h1") + version("h2"));
    fixture.warehouse.record(
        List.of(
            new SystemRows(Fixture.VERSION, new byte[0], List.of(part.toString()), 2, "h", null)));
    assertThat(fixture.query("SELECT count(*) FROM telemetry._dlt_version")).containsExactly("2");
  }

  @Test
  void record_whenALocationHasOtherNumbersOfRows_isRefused() throws Exception {
    Path part = Files.writeString(folder.resolve("versions.jsonl"), version("h1"));
    assertThatThrownBy(
            () ->
                fixture.warehouse.record(
                    List.of(
                        new SystemRows(
                            Fixture.VERSION, new byte[0], List.of(part.toString()), 2, "h", null))))
        .isInstanceOf(LoadException.class)
        .hasMessage("_dlt_version took 1 rows of 2");
  }

  @Test
  void isLoaded_withoutAFile_isFalseAndMakesNone() throws Exception {
    assertThat(fixture.warehouse.isLoaded("1")).isFalse();
    assertThat(fixture.file.path()).doesNotExist();
  }

  @Test
  void isLoaded_inADatabaseOfSomebodyElse_isFalse() throws Exception {
    fixture.execute("CREATE TABLE other (a INTEGER)");
    assertThat(fixture.warehouse.isLoaded("1")).isFalse();
  }

  @Test
  void close_twice_isFine() throws Exception {
    fixture.warehouse.close();
    fixture.warehouse.close();
    fixture.load(fixture.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    assertThat(fixture.warehouse.isLoaded("1")).isTrue();
  }

  @Test
  void warmUp_isHarmless() throws Exception {
    DuckDbWarehouse.warmUp();
    assertThat(fixture.query("SELECT 1")).containsExactly("1");
  }

  private static String version(String hash) {
    return "{\"version\":1,\"engine_version\":11,\"inserted_at\":\"%s\",\"schema_name\":\"m\",\"version_hash\":\"%s\",\"schema\":\"{}\"}\n"
        .formatted(AT, hash);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
