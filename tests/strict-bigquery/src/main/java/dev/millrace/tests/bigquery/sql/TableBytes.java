package dev.millrace.tests.bigquery.sql;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.duckdb.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * How many bytes tables have as BigQuery bills them (docs page "Data types", data type sizes): what
 * a dry run says of a query. Which columns and partitions a query needs is not looked at: it counts
 * all of a table's.
 */
final class TableBytes {
  private final Database database;

  TableBytes(Database database) {
    this.database = database;
  }

  long of(Collection<Table> tables) {
    long bytes = 0;
    for (Table table : tables) {
      bytes += of(table);
    }
    return bytes;
  }

  private long of(Table table) {
    String sizes =
        table.columns().stream().map(TableBytes::size).collect(Collectors.joining(" + "));
    String sql = "SELECT coalesce(sum(%s), 0) FROM %s".formatted(sizes, table.storedAs());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB can't measure " + table.name(), e);
    }
  }

  /** NULL has no bytes. */
  private static String size(Column column) {
    String name = Database.quoted(column.name());
    String size =
        switch (column.type().name()) {
          case STRING -> "2 + strlen(" + name + ")";
          case BYTES -> "2 + octet_length(" + name + ")";
          case JSON -> "strlen(CAST(" + name + " AS VARCHAR))";
          case INT64, FLOAT64, TIMESTAMP, DATE, TIME, DATETIME -> "8";
          case BOOL -> "1";
          case NUMERIC -> "16";
          case BIGNUMERIC -> "32";
        };
    return "CASE WHEN %s IS NULL THEN 0 ELSE %s END".formatted(name, size);
  }
}
