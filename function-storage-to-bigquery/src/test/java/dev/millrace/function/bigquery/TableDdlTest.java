package dev.millrace.function.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableDdlTest {
  private final TableDdl ddl = new TableDdl(new DatasetName("p", "d"));

  @Test
  void aRootTableIsPartitionedByArrivalAndClusteredByItsId() {
    assertThat(ddl.create(WantedTable.of(orders()), null))
        .containsExactly(
            "CREATE TABLE IF NOT EXISTS `p.d.orders` (`total` INT64, `_dlt_id` STRING NOT NULL,"
                + " `_millrace_received_at` TIMESTAMP) PARTITION BY DATE(`_millrace_received_at`)"
                + " CLUSTER BY `_dlt_id`");
  }

  @Test
  void aChildTableIsClusteredByItsParent() {
    Table child =
        table(
            "orders__items",
            Map.of("parent", "orders"),
            Column.of("_dlt_parent_id", DataType.TEXT),
            Column.of("_dlt_id", DataType.TEXT),
            Column.of("_millrace_received_at", DataType.TIMESTAMP));

    assertThat(ddl.create(WantedTable.of(child), null).get(0))
        .endsWith("CLUSTER BY `_dlt_parent_id`");
  }

  @Test
  void aSystemTableIsPartitionedOnItsOwnTimestampAndDescribesItsColumns() {
    assertThat(ddl.create(WantedTable.of(SystemTables.LOADS), null))
        .containsExactly(
            "CREATE TABLE IF NOT EXISTS `p.d._dlt_loads` ("
                + "`load_id` STRING(64) NOT NULL OPTIONS (description='Unique identifier of the load operation'), "
                + "`schema_name` STRING OPTIONS (description='Name of the schema associated with this load'), "
                + "`status` INT64 NOT NULL OPTIONS (description='Status of the load operation (0 = success)'), "
                + "`inserted_at` TIMESTAMP NOT NULL OPTIONS (description='Timestamp when the load was completed'), "
                + "`schema_version_hash` STRING OPTIONS (description='Hash of the schema version used during this load')) "
                + "PARTITION BY DATE(`inserted_at`) CLUSTER BY `load_id` "
                + "OPTIONS (description='Created by DLT. Tracks completed loads')");
  }

  @Test
  void partitionsExpireWhereThatIsSet() {
    assertThat(ddl.create(WantedTable.of(orders()), Duration.ofDays(90)).get(0))
        .endsWith("OPTIONS (partition_expiration_days=90)");
    assertThat(ddl.expire(WantedTable.of(orders()), Duration.ofHours(36)))
        .isEqualTo("ALTER TABLE `p.d.orders` SET OPTIONS (partition_expiration_days=1.5)");
  }

  @Test
  void allMissingColumnsAreAddedByOneStatementAndAreNullable() {
    Column required = new Column("_dlt_root_id", DataType.TEXT, false, Map.of());
    assertThat(ddl.add(WantedTable.of(orders()), List.of(Column.of("a", DataType.JSON), required)))
        .containsExactly(
            "ALTER TABLE `p.d.orders` ADD COLUMN IF NOT EXISTS `a` JSON,"
                + " ADD COLUMN IF NOT EXISTS `_dlt_root_id` STRING");
  }

  @Test
  void noStatementIsLongerThanBigQueryTakes() {
    TableDdl narrow = new TableDdl(new DatasetName("p", "d"), 200);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      columns.add(Column.of("column_" + i, DataType.BIGINT));
    }
    columns.add(Column.of("_millrace_received_at", DataType.TIMESTAMP));
    WantedTable wide = WantedTable.of(table("wide", Map.of(), columns.toArray(Column[]::new)));

    List<String> statements = narrow.create(wide, null);

    assertThat(statements).hasSizeGreaterThan(5).allMatch(sql -> sql.length() < 400);
    assertThat(statements.get(0)).contains("PARTITION BY DATE(`_millrace_received_at`)");
    String all = String.join("\n", statements);
    for (Column column : columns) {
      assertThat(all).containsOnlyOnce("`" + column.name() + "` " + ColumnType.sql(column));
    }
  }

  @Test
  void aColumnThatIsNoLongerRequiredIsRelaxed() {
    assertThat(ddl.relax(WantedTable.of(orders()), "total"))
        .isEqualTo("ALTER TABLE `p.d.orders` ALTER COLUMN `total` DROP NOT NULL");
  }

  @Test
  void anEventsColumnIsNotRequiredThoughAHintSaysSo() {
    Column hinted = new Column("total", DataType.BIGINT, false, Map.of());

    assertThat(ddl.create(WantedTable.of(table("orders", Map.of(), hinted)), null))
        .containsExactly("CREATE TABLE IF NOT EXISTS `p.d.orders` (`total` INT64)");
  }

  @Test
  void textCannotLeaveItsQuotes() {
    Column described =
        new Column(
            "a", DataType.TEXT, true, Map.of("description", "it's `x`\\\nnew\u0001 line \"y\""));

    assertThat(ddl.add(WantedTable.of(orders()), List.of(described)).get(0))
        .endsWith("(description='it\\'s \\`x\\`\\\\\\nnew\\x01 line \\\"y\\\"')");
  }

  @Test
  void aColumnWithoutATypeIsNotInTheWarehouse() {
    Table declared = table("t", Map.of(), new Column("a", null, true, Map.of()), id());

    assertThat(ddl.create(WantedTable.of(declared), null).get(0)).doesNotContain("`a`");
  }

  private static Table orders() {
    return table(
        "orders",
        Map.of(),
        Column.of("total", DataType.BIGINT),
        id(),
        Column.of("_millrace_received_at", DataType.TIMESTAMP));
  }

  private static Column id() {
    return new Column("_dlt_id", DataType.TEXT, false, Map.of());
  }

  private static Table table(String name, Map<String, Object> properties, Column... columns) {
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      byName.put(column.name(), column);
    }
    return new Table(name, byName, properties);
  }
}
