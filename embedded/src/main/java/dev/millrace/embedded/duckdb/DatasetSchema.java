package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.system.DltRows;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The schema as a dataset's own tables have it. Nothing is written, and no file is made.
 *
 * @param file a DuckDB file
 * @param dataset the schema that the tables are in
 */
public record DatasetSchema(DuckDbFile file, String dataset) {
  private static final String VERSIONS = SystemTables.VERSION.name();
  private static final String CHANGES = SystemTables.SCHEMA_CHANGES.name();

  /**
   * The newest version, with the raw paths that its changes tell. The file is opened for reading.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if it is not there, or has no such schema
   */
  public StoredSchema newest(String schemaName) throws IOException {
    return file.read(
        connection -> {
          Catalog catalog = Catalog.read(connection, dataset);
          if (catalog.columns(VERSIONS) == null) {
            throw unusable("has no schema " + dataset + " with a table " + VERSIONS);
          }
          Optional<StoredSchema> newest = newest(connection, catalog, schemaName);
          if (newest.isEmpty()) {
            throw unusable(
                "has no version of the schema %s in %s; it has %s"
                    .formatted(schemaName, dataset, names(connection)));
          }
          return newest.get();
        });
  }

  /** The same with the columns that its tables have beyond that version; empty if there is none. */
  Optional<StoredSchema> withColumns(String schemaName) throws IOException {
    if (!file.exists()) {
      return Optional.empty();
    }
    return file.read(
        connection -> {
          Catalog catalog = Catalog.read(connection, dataset);
          return catalog.columns(VERSIONS) == null
              ? Optional.empty()
              : newest(connection, catalog, schemaName).map(stored -> extended(stored, catalog));
        });
  }

  private static StoredSchema extended(StoredSchema stored, Catalog catalog) {
    StoredSchema extended = stored;
    for (String table : stored.schema().tables().keySet()) {
      Map<String, Catalog.Existing> existing = catalog.columns(table);
      if (existing != null) {
        List<Column> columns = new ArrayList<>();
        for (Catalog.Existing column : existing.values()) {
          PhysicalColumn.dataType(column.type())
              .ifPresent(type -> columns.add(Column.of(column.name(), type)));
        }
        extended = extended.withColumns(table, columns);
      }
    }
    return extended;
  }

  private Optional<StoredSchema> newest(Connection connection, Catalog catalog, String schemaName)
      throws SQLException, LoadException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT schema FROM %s WHERE schema_name = ? ORDER BY inserted_at DESC, version DESC"
                    .formatted(SqlText.name(dataset, VERSIONS))
                + " LIMIT 1")) {
      query.setString(1, schemaName);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        Schema schema = Schema.parse(DltRows.document(rows.getString(1)));
        Map<String, String> rawPaths =
            catalog.columns(CHANGES) == null ? Map.of() : rawPaths(connection);
        return Optional.of(new StoredSchema(schema, rawPaths, List.of(), State.ABSENT));
      }
    } catch (IllegalArgumentException e) {
      throw unusable("has a schema that can't be read: " + e.getMessage());
    }
  }

  private String names(Connection connection) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT DISTINCT schema_name FROM " + SqlText.name(dataset, VERSIONS));
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names.isEmpty() ? "none yet" : String.join(", ", names);
  }

  private Map<String, String> rawPaths(Connection connection) throws SQLException {
    Map<String, String> paths = new LinkedHashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT concat_ws('.', table_name, column_name), raw_path FROM %s
                WHERE raw_path IS NOT NULL"""
                    .formatted(SqlText.name(dataset, CHANGES)));
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        paths.put(rows.getString(1), rows.getString(2));
      }
    }
    return paths;
  }

  private LoadException unusable(String what) {
    return new LoadException(LoadError.MISCONFIGURED, file.path() + " " + what);
  }
}
