package dev.millrace.embedded.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Inserts the rows of newline JSON files; nothing about them is guessed, no line is skipped. */
final class JsonInsert {
  private static final long USUAL_LINE_BYTES = 16 << 20;

  private final Connection connection;
  private final String dataset;
  private final Effort effort;

  JsonInsert(Connection connection, String dataset, Effort effort) {
    this.connection = connection;
    this.dataset = dataset;
    this.effort = effort;
  }

  /**
   * Inserts all rows.
   *
   * @param columns those that the lines may have; the others stay null
   * @return how many rows there were
   */
  long all(PhysicalTable table, List<PhysicalColumn> columns, Collection<String> files)
      throws SQLException, IOException {
    return execute(insert(table, columns) + source(columns, files));
  }

  /** Inserts the rows whose value in the key column no row of the table has yet. */
  long absent(
      PhysicalTable table, List<PhysicalColumn> columns, Collection<String> files, String key)
      throws SQLException, IOException {
    return execute(
        "%s SELECT * FROM (%s) AS fresh WHERE NOT EXISTS (SELECT 1 FROM %s AS present WHERE present.%s = fresh.%s)"
            .formatted(
                insert(table, columns),
                source(columns, files),
                SqlText.name(dataset, table.name()),
                SqlText.name(table.column(key).name()),
                SqlText.name(table.column(key).name())));
  }

  private long execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private String insert(PhysicalTable table, List<PhysicalColumn> columns) {
    return "INSERT INTO %s (%s) "
        .formatted(
            SqlText.name(dataset, table.name()),
            joined(columns, column -> SqlText.name(column.name())));
  }

  private String source(List<PhysicalColumn> columns, Collection<String> files) throws IOException {
    return """
        SELECT %s FROM read_json(%s, columns = {%s}, format = 'newline_delimited', records = true, auto_detect = false, \
        hive_partitioning = false, filename = false, compression = 'none', maximum_object_size = %d)"""
        .formatted(
            joined(
                columns, column -> column.readExpression() + " AS " + SqlText.name(column.name())),
            SqlText.values(files),
            joined(
                columns,
                column -> SqlText.name(column.name()) + ": " + SqlText.value(column.readType())),
            lineBytes(files));
  }

  private long lineBytes(Collection<String> files) throws IOException {
    return effort.measuresLines()
        ? Math.max(USUAL_LINE_BYTES, LongestLine.of(files) + 1)
        : USUAL_LINE_BYTES;
  }

  private static String joined(
      List<PhysicalColumn> columns, Function<PhysicalColumn, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }
}
