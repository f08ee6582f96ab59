package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Brings the tables and views of a file to what they are to be, within the caller's transaction.
 */
final class Evolution {
  private final String dataset;

  Evolution(String dataset) {
    this.dataset = dataset;
  }

  /**
   * Creates what isn't there, adds columns that are missing, and makes views anew whose table has
   * other columns than they.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if a column is there with another type
   */
  void apply(Connection connection, Collection<PhysicalTable> tables, Collection<UniqueView> views)
      throws SQLException, LoadException {
    Catalog before = Catalog.read(connection, dataset);
    Catalog viewsBefore = Catalog.read(connection, UniqueView.schema(dataset));
    List<String> changes = new ArrayList<>();
    changes.add("CREATE SCHEMA IF NOT EXISTS " + SqlText.name(dataset));
    changes.add("CREATE SCHEMA IF NOT EXISTS " + SqlText.name(UniqueView.schema(dataset)));
    Map<String, List<String>> after = new LinkedHashMap<>();
    for (PhysicalTable table : tables) {
      Map<String, String> columns = before.columns(table.name());
      if (columns == null) {
        create(table, changes);
        after.put(table.name(), List.copyOf(table.columns().keySet()));
      } else {
        after.put(table.name(), extend(table, columns, changes));
      }
    }
    for (UniqueView view : views) {
      Map<String, String> columns = viewsBefore.columns(view.table());
      if (columns == null || !List.copyOf(columns.keySet()).equals(after.get(view.table()))) {
        changes.add(view.create());
        if (view.ranged()) {
          changes.add(view.createBetween());
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
    }
  }

  private void create(PhysicalTable table, List<String> changes) {
    String name = SqlText.name(dataset, table.name());
    changes.add(
        table.columns().values().stream()
            .map(PhysicalColumn::definition)
            .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")")));
    if (table.description() != null) {
      changes.add("COMMENT ON TABLE " + name + " IS " + SqlText.value(table.description()));
    }
    table.columns().values().forEach(column -> describe(table, column, changes));
  }

  /** The table's columns once the missing ones are added. */
  private List<String> extend(
      PhysicalTable table, Map<String, String> existing, List<String> changes)
      throws LoadException {
    List<String> columns = new ArrayList<>(existing.keySet());
    for (Map.Entry<String, PhysicalColumn> wanted : table.columns().entrySet()) {
      PhysicalColumn column = wanted.getValue();
      String type = existing.get(wanted.getKey());
      if (type == null) {
        // Nullable whatever the schema says: the rows that are there have no value.
        changes.add(
            "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                .formatted(
                    SqlText.name(dataset, table.name()),
                    SqlText.name(column.name()),
                    column.type()));
        describe(table, column, changes);
        columns.add(wanted.getKey());
      } else if (!type.equals(column.type())) {
        throw otherType(table, column, type);
      }
    }
    return columns;
  }

  private void describe(PhysicalTable table, PhysicalColumn column, List<String> changes) {
    if (column.column().description() != null) {
      changes.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(
                  SqlText.name(dataset, table.name()),
                  SqlText.name(column.name()),
                  SqlText.value(column.column().description())));
    }
  }

  private LoadException otherType(PhysicalTable table, PhysicalColumn column, String type) {
    String name = SqlText.name(dataset, table.name());
    String quoted = SqlText.name(column.name());
    return new LoadException(
        LoadError.MISCONFIGURED,
        """
        column %s of table %s is %s in the database and %s in the schema; it was changed by hand, or by another program. \
        Change it back with: ALTER TABLE %s ALTER COLUMN %s TYPE %s; or rename it, and the load makes it anew."""
            .formatted(quoted, name, type, column.type(), name, quoted, column.type()));
  }
}
