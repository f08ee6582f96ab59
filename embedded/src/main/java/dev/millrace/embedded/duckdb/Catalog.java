package dev.millrace.embedded.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables and views of one schema as they are in the file, with their columns. */
final class Catalog {
  /** By table or view, then by column, in small letters, in order. */
  private final Map<String, Map<String, Existing>> columns = new LinkedHashMap<>();

  private Catalog() {}

  /**
   * A column that is there.
   *
   * @param name as it is spelled there
   * @param type as DuckDB spells it
   */
  record Existing(String name, String type, boolean nullable) {}

  static Catalog read(Connection connection, String schema) throws SQLException {
    Catalog catalog = new Catalog();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name = ?
            ORDER BY table_name, column_index""")) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String column = rows.getString(2);
          catalog
              .columns
              .computeIfAbsent(PhysicalTable.key(rows.getString(1)), name -> new LinkedHashMap<>())
              .put(
                  PhysicalTable.key(column),
                  new Existing(column, rows.getString(3), rows.getBoolean(4)));
        }
      }
    }
    return catalog;
  }

  /** A table's or view's columns by their names, or null if there is none. */
  Map<String, Existing> columns(String table) {
    return columns.get(PhysicalTable.key(table));
  }
}
