package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The tables of a DuckDB file as a person's commands ask them. Questions open the file for reading,
 * so they need no right to write it, and neither make nor change anything.
 *
 * @param name the schema that the tables are in
 */
record DuckDbDataset(DuckDbFile file, String name) implements Dataset {
  @Override
  public String label() {
    return file.path() + ", schema " + name;
  }

  @Override
  public Map<String, TableInfo> tables() throws IOException {
    return file.exists() ? file.read(this::tables) : Map.of();
  }

  private Map<String, TableInfo> tables(Connection connection) throws SQLException {
    Map<String, List<ColumnInfo>> columns = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, c.comment
            FROM duckdb_columns() c SEMI JOIN duckdb_tables() t USING (table_oid)
            WHERE c.database_name = current_database() AND c.schema_name = ?
            ORDER BY c.table_name, c.column_index""")) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.computeIfAbsent(rows.getString(1), table -> new ArrayList<>()).add(column(rows));
        }
      }
    }
    Map<String, TableInfo> tables = new LinkedHashMap<>();
    for (Map.Entry<String, List<ColumnInfo>> table : columns.entrySet()) {
      long rows = count(connection, table.getKey());
      tables.put(table.getKey(), new TableInfo(table.getKey(), rows, table.getValue()));
    }
    return tables;
  }

  private static ColumnInfo column(ResultSet row) throws SQLException {
    String type = row.getString(3);
    return new ColumnInfo(
        row.getString(2),
        PhysicalColumn.dataType(type).orElse(null),
        type,
        row.getBoolean(4),
        row.getString(5));
  }

  /** DuckDB answers this from the table's own figures. */
  private long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT count(*) FROM " + table(table));
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public String table(String table) {
    return SqlText.name(name, table);
  }

  @Override
  public String unique(String view) {
    return SqlText.name(UniqueView.schema(name), view);
  }

  @Override
  public String name(String column) {
    return SqlText.name(column);
  }

  @Override
  public void query(String sql, List<?> values, RowVisitor visitor) throws IOException {
    file.read(
        connection -> {
          try (PreparedStatement query = prepared(connection, sql, values);
              ResultSet rows = query.executeQuery()) {
            ResultRow row = new ResultRow(rows);
            while (rows.next()) {
              visitor.row(row);
            }
            return null;
          }
        });
  }

  @Override
  public Closeable keepOpen() throws IOException {
    return file.keepOpenForReading();
  }

  @Override
  public long change(String sql, List<?> values) throws IOException {
    if (!file.exists()) {
      throw new LoadException(LoadError.MISCONFIGURED, file.path() + " is not there");
    }
    return file.open(
        connection -> {
          try (PreparedStatement change = prepared(connection, sql, values)) {
            return change.executeLargeUpdate();
          }
        });
  }

  /** Empty: a file of one's own bills nothing. */
  @Override
  public OptionalLong billedBytes(String sql, List<?> values) {
    return OptionalLong.empty();
  }

  private static PreparedStatement prepared(Connection connection, String sql, List<?> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.size(); i++) {
        Object value = values.get(i);
        statement.setObject(
            i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
