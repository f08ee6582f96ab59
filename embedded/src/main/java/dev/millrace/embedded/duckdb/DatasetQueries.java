package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.system.SystemTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of a dataset's tables, whether they are there or not.
 *
 * @param dataset the schema that the tables are in
 */
record DatasetQueries(String dataset) {
  private static final String LOADS = SystemTables.LOADS.name();
  private static final String BATCHES = SystemTables.BATCHES.name();

  /** Those of the loads that {@code _dlt_loads} has. */
  Set<String> loaded(Connection connection, Set<String> loadIds) throws SQLException {
    if (!exists(connection, LOADS)) {
      return Set.of();
    }
    String query =
        "SELECT DISTINCT load_id FROM %s WHERE list_contains(?, load_id)"
            .formatted(SqlText.name(dataset, LOADS));
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("VARCHAR", loadIds.toArray()));
      return texts(statement);
    }
  }

  Map<String, Settled> settled(Connection connection, Set<String> loadIds) throws SQLException {
    Map<String, Settled> settled = new HashMap<>();
    if (exists(connection, BATCHES)) {
      String query =
          """
          SELECT load_id, code, detail FROM (
            SELECT load_id, state, code, detail FROM %s WHERE list_contains(?, load_id)
            QUALIFY row_number() OVER (PARTITION BY load_id ORDER BY recorded_at DESC, rowid DESC) = 1)
          WHERE state = 'failed'"""
              .formatted(SqlText.name(dataset, BATCHES));
      try (PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setArray(1, connection.createArrayOf("VARCHAR", loadIds.toArray()));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            settled.put(
                rows.getString(1), new Settled.Failed(rows.getString(2), rows.getString(3)));
          }
        }
      }
    }
    loaded(connection, loadIds).forEach(loadId -> settled.put(loadId, new Settled.In()));
    return settled;
  }

  /** Those of the events that are there, received at a time or later and by another load. */
  Set<String> present(
      Connection connection, Map<String, Set<String>> rootIds, Instant since, String butLoad)
      throws SQLException {
    Set<String> present = new HashSet<>();
    for (Map.Entry<String, Set<String>> table : rootIds.entrySet()) {
      if (exists(connection, table.getKey())) {
        present.addAll(present(connection, table.getKey(), table.getValue(), since, butLoad));
      }
    }
    return present;
  }

  private Set<String> present(
      Connection connection, String table, Collection<String> ids, Instant since, String butLoad)
      throws SQLException {
    String query =
        """
        SELECT DISTINCT %s FROM %s
        WHERE %s >= ? AND _dlt_load_id <> ? AND %s IN (SELECT unnest(?))"""
            .formatted(
                PhysicalTable.ID,
                SqlText.name(dataset, table),
                PhysicalTable.RECEIVED_AT,
                PhysicalTable.ID);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setObject(1, since.atOffset(ZoneOffset.UTC));
      statement.setString(2, butLoad);
      statement.setArray(3, connection.createArrayOf("VARCHAR", ids.toArray()));
      return texts(statement);
    }
  }

  private static Set<String> texts(PreparedStatement statement) throws SQLException {
    Set<String> texts = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private boolean exists(Connection connection, String table) throws SQLException {
    String query =
        """
        SELECT 1 FROM duckdb_tables() WHERE database_name = current_database()
        AND schema_name = ? AND lower(table_name) = ?""";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, dataset);
      statement.setString(2, PhysicalTable.key(table));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
