package dev.millrace.tests.bigquery.rows;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.duckdb.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a table's rows page by page, in the order in which they were loaded. */
public final class TableReader {
  private final Database database;

  public TableReader(Database database) {
    this.database = database;
  }

  /** A page of the columns given, which are the table's own. */
  public ResultRows page(Table table, List<Column> columns, long start, long count) {
    String names =
        columns.stream()
            .map(column -> Database.quoted(column.name()))
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT %s FROM %s LIMIT %d OFFSET %d".formatted(names, table.storedAs(), count, start);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return new ResultRows(columns, ResultRows.read(rows).rows());
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB can't read " + table.name(), e);
    }
  }
}
