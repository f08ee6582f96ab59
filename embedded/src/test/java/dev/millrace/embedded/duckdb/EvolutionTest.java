package dev.millrace.embedded.duckdb;

import static dev.millrace.embedded.duckdb.Fixture.commit;
import static dev.millrace.embedded.duckdb.Fixture.row;
import static dev.millrace.embedded.duckdb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolutionTest {
  private static final String AT = "2026-11-23T10:00:00.000000Z";
  private static final Table ORDERS = table("orders", Column.of("total", DataType.BIGINT));
  private static final Table WIDER =
      table("orders", Column.of("total", DataType.BIGINT), Column.of("coupon", DataType.TEXT));

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(folder);
  }

  private void evolve(Table table) throws Exception {
    fixture.warehouse.evolve(Fixture.schema(table), Set.of(table.name()), Instant.MAX);
  }

  @Test
  void evolve_makesSystemTablesWithTheirTypes() throws Exception {
    evolve(ORDERS);
    assertThat(
            fixture.query(
                """
                SELECT column_name, data_type, is_nullable FROM information_schema.columns
                WHERE table_schema = 'telemetry' AND table_name = '_dlt_loads' ORDER BY ordinal_position"""))
        .containsExactly(
            "load_id|VARCHAR|NO",
            "schema_name|VARCHAR|YES",
            "status|BIGINT|NO",
            "inserted_at|TIMESTAMP WITH TIME ZONE|NO",
            "schema_version_hash|VARCHAR|YES");
  }

  @Test
  void evolve_leavesOutColumnsWithoutAType() throws Exception {
    evolve(
        table(
            "orders",
            Column.of("total", DataType.BIGINT),
            new Column("later", null, true, Map.of())));
    assertThat(columns("telemetry", "orders"))
        .containsExactly("total", "_dlt_load_id", "_dlt_id", "_millrace_received_at");
  }

  @Test
  void evolve_addsMissingColumnsLast_andToTheView() throws Exception {
    evolve(ORDERS);
    evolve(WIDER);
    List<String> expected =
        List.of("total", "_dlt_load_id", "_dlt_id", "_millrace_received_at", "coupon");
    assertThat(columns("telemetry", "orders")).isEqualTo(expected);
    assertThat(columns("telemetry_unique", "orders")).isEqualTo(expected);
  }

  @Test
  void evolve_ofAColumnThatAHintRequires_leavesRoomForARowWithItsVariantAlone() throws Exception {
    Table hinted =
        table(
            "orders", Column.of("total", DataType.BIGINT), Fixture.required("must", DataType.TEXT));
    fixture.load(fixture.sealed("1", hinted, row("a", AT, "")), commit("1"));
    assertThat(fixture.query("SELECT _dlt_id, must FROM telemetry.orders"))
        .containsExactly("a|null");
  }

  @Test
  void evolve_ofARequiredColumnThatIsLate_addsItNullable() throws Exception {
    fixture.load(fixture.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    Table late =
        table(
            "orders", Column.of("total", DataType.BIGINT), Fixture.required("must", DataType.TEXT));
    evolve(late);
    assertThat(fixture.query("SELECT _dlt_id, must FROM telemetry.orders"))
        .containsExactly("a|null");
  }

  @Test
  void evolve_afterAColumnWasAddedByHand_showsItInTheView() throws Exception {
    evolve(ORDERS);
    fixture.execute("ALTER TABLE telemetry.orders ADD COLUMN note VARCHAR");
    evolve(ORDERS);
    assertThat(columns("telemetry_unique", "orders")).contains("note");
  }

  @Test
  void evolve_ofAColumnWithAnotherType_tellsItEachTime() throws Exception {
    evolve(ORDERS);
    fixture.execute("ALTER TABLE telemetry.orders ALTER COLUMN total TYPE VARCHAR");
    for (int time = 0; time < 2; time++) {
      assertThat(fixture.warehouse.evolve(Fixture.schema(WIDER), Set.of("orders"), Instant.MAX))
          .containsExactly(new OtherColumn("orders", "total", DataType.TEXT, "VARCHAR"));
    }
    assertThat(columns("telemetry", "orders")).contains("coupon");
  }

  @Test
  void evolve_ofAColumnWithATypeThatDltHasNot_tellsDuckDbsWord() throws Exception {
    evolve(ORDERS);
    fixture.execute("ALTER TABLE telemetry.orders DROP COLUMN total");
    fixture.execute("ALTER TABLE telemetry.orders ADD COLUMN total STRUCT(a INTEGER)");
    assertThat(fixture.warehouse.evolve(Fixture.schema(ORDERS), Set.of("orders"), Instant.MAX))
        .containsExactly(new OtherColumn("orders", "total", null, "STRUCT(a INTEGER)"));
  }

  @Test
  void evolve_ofColumnsMadeRequiredByHand_letsThemBeEmpty() throws Exception {
    evolve(ORDERS);
    fixture.execute("ALTER TABLE telemetry.orders ADD COLUMN note VARCHAR");
    fixture.execute("ALTER TABLE telemetry.orders ALTER COLUMN note SET NOT NULL");
    fixture.execute("ALTER TABLE telemetry.orders ALTER COLUMN total SET NOT NULL");
    fixture.load(fixture.sealed("1", ORDERS, row("a", AT, "")), commit("1"));
    assertThat(fixture.query("SELECT total, note FROM telemetry.orders"))
        .containsExactly("null|null");
    assertThat(
            fixture.query(
                """
                SELECT column_name FROM duckdb_columns()
                WHERE schema_name = 'telemetry' AND table_name = 'orders' AND NOT is_nullable ORDER BY 1"""))
        .containsExactly("_dlt_id", "_dlt_load_id");
  }

  @Test
  void evolve_whenNothingIsNew_doesNotOpenTheFile() throws Exception {
    evolve(ORDERS);
    FileTime before = Files.getLastModifiedTime(fixture.file.path());
    // Held by a connection with other settings, the file could not be opened.
    try (AutoCloseable held =
        java.sql.DriverManager.getConnection("jdbc:duckdb:" + fixture.file.path())) {
      assertThat(held).isNotNull();
      evolve(ORDERS);
    }
    assertThat(Files.getLastModifiedTime(fixture.file.path())).isEqualTo(before);
  }

  @Test
  void evolve_whenAViewsNameIsTaken_saysSo() throws Exception {
    fixture.execute("CREATE SCHEMA telemetry_unique; CREATE TABLE telemetry_unique.orders (a INT)");
    assertThatThrownBy(() -> evolve(ORDERS))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("orders")
        .extracting(e -> ((LoadException) e).error())
        .isEqualTo(LoadError.MISCONFIGURED);
  }

  @Test
  void evolve_keepsTheColumnsDescription() throws Exception {
    evolve(
        table(
            "orders",
            new Column("total", DataType.BIGINT, true, Map.of("description", "it's \"$.Total\""))));
    assertThat(
            fixture.query(
                "SELECT comment FROM duckdb_columns() WHERE schema_name = 'telemetry' AND table_name = 'orders' AND column_name = 'total'"))
        .containsExactly("it's \"$.Total\"");
  }

  @Test
  void names_mayBeAnything() throws Exception {
    String hostile = "se\"lect'; drop table x --";
    Fixture odd = new Fixture(folder, "da\"ta'set");
    Table table =
        table(
            hostile,
            Column.of("select", DataType.BIGINT),
            Column.of("٣_от", DataType.TEXT),
            Column.of("a\"b'c", DataType.BINARY),
            Column.of("from_time", DataType.BIGINT),
            Column.of("fresh", DataType.JSON));
    String line =
        row(
            "a",
            AT,
            ",\"select\":1,\"٣_от\":\"x\",\"a\\\"b'c\":\"AP8=\",\"from_time\":7,\"fresh\":{}");
    odd.load(odd.sealed("1", table, line), commit("1"));
    String view = SqlText.name("da\"ta'set_unique", hostile);
    String between = SqlText.name("da\"ta'set_unique", hostile + "_between");
    String values = "SELECT \"select\", \"٣_от\", hex(\"a\"\"b'c\"), from_time, fresh FROM ";
    assertThat(odd.query(values + view)).containsExactly("1|x|00FF|7|{}");
    assertThat(odd.query(values + between + "('2026-11-23', '2026-11-24')"))
        .containsExactly("1|x|00FF|7|{}");
  }

  private List<String> columns(String schema, String table) throws Exception {
    return fixture.query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = '%s' AND table_name = '%s' ORDER BY ordinal_position"
            .formatted(schema, table));
  }
}
