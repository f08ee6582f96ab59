package dev.millrace.embedded.duckdb;

import dev.millrace.embedded.duckdb.Catalog.Existing;
import dev.millrace.loader.ports.Warehouse.OtherColumn;
import dev.millrace.normalizer.schema.DataType;
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
   * Creates what isn't there, adds columns that are missing, lets those be empty that somebody made
   * required, and makes views anew whose table has other columns than they.
   *
   * @return columns that are there with another type
   */
  List<OtherColumn> apply(
      Connection connection, Collection<PhysicalTable> tables, Collection<UniqueView> views)
      throws SQLException {
    Catalog before = Catalog.read(connection, dataset);
    Catalog viewsBefore = Catalog.read(connection, UniqueView.schema(dataset));
    List<String> changes = new ArrayList<>();
    changes.add("CREATE SCHEMA IF NOT EXISTS " + SqlText.name(dataset));
    changes.add("CREATE SCHEMA IF NOT EXISTS " + SqlText.name(UniqueView.schema(dataset)));
    Map<String, List<String>> after = new LinkedHashMap<>();
    List<OtherColumn> others = new ArrayList<>();
    for (PhysicalTable table : tables) {
      Map<String, Existing> columns = before.columns(table.name());
      if (columns == null) {
        create(table, changes);
        after.put(table.name(), List.copyOf(table.columns().keySet()));
      } else {
        after.put(table.name(), extend(table, columns, changes));
        relax(table, columns, changes);
        others.addAll(others(table, columns));
      }
    }
    for (UniqueView view : views) {
      Map<String, Existing> columns = viewsBefore.columns(view.table());
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
    return others;
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
      PhysicalTable table, Map<String, Existing> existing, List<String> changes) {
    List<String> columns = new ArrayList<>(existing.keySet());
    for (Map.Entry<String, PhysicalColumn> wanted : table.columns().entrySet()) {
      PhysicalColumn column = wanted.getValue();
      if (!existing.containsKey(wanted.getKey())) {
        // Nullable whatever the schema says: the rows that are there have no value.
        changes.add(
            "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                .formatted(
                    SqlText.name(dataset, table.name()),
                    SqlText.name(column.name()),
                    column.type()));
        describe(table, column, changes);
        columns.add(wanted.getKey());
      }
    }
    return columns;
  }

  /** A column that is required by no rule of ours would refuse rows without it. */
  private void relax(PhysicalTable table, Map<String, Existing> existing, List<String> changes) {
    existing.forEach(
        (key, column) -> {
          PhysicalColumn wanted = table.columns().get(key);
          if (!column.nullable() && (wanted == null || wanted.column().nullable())) {
            changes.add(
                "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
                    .formatted(SqlText.name(dataset, table.name()), SqlText.name(column.name())));
          }
        });
  }

  private static List<OtherColumn> others(PhysicalTable table, Map<String, Existing> existing) {
    List<OtherColumn> others = new ArrayList<>();
    table
        .columns()
        .forEach(
            (key, wanted) -> {
              Existing column = existing.get(key);
              if (column != null && !column.type().equals(wanted.type())) {
                DataType type = PhysicalColumn.dataType(column.type()).orElse(null);
                others.add(new OtherColumn(table.name(), wanted.name(), type, column.type()));
              }
            });
    return others;
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
}
