package dev.millrace.embedded.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables and views of one schema as they are in the file, with their columns. */
final class Catalog {
  /** By table or view, then by column, in small letters: the columns' types, in order. */
  private final Map<String, Map<String, String>> types = new LinkedHashMap<>();

  private Catalog() {}

  static Catalog read(Connection connection, String schema) throws SQLException {
    Catalog catalog = new Catalog();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT table_name, column_name, data_type FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name = ?
            ORDER BY table_name, column_index""")) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          catalog
              .types
              .computeIfAbsent(PhysicalTable.key(rows.getString(1)), name -> new LinkedHashMap<>())
              .put(PhysicalTable.key(rows.getString(2)), rows.getString(3));
        }
      }
    }
    return catalog;
  }

  /** The types of a table's or view's columns by their names, or null if there is none. */
  Map<String, String> columns(String table) {
    return types.get(PhysicalTable.key(table));
  }
}
