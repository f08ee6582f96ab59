package dev.millrace.embedded.duckdb;

import dev.millrace.loader.system.SystemTable;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a file must have.
 *
 * @param tables in the order of their creation
 * @param views over some of them
 */
record Layout(List<PhysicalTable> tables, List<UniqueView> views) {
  /** The table with a row for each outcome of a batch, and the columns that say which batch. */
  private static final String BATCHES = "_millrace_batches";

  private static final List<String> BATCH_IDENTITY = List.of("bucket", "object", "generation");

  Layout {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }

  static Layout ofSystemTables(String dataset, List<SystemTable> systemTables) {
    List<PhysicalTable> tables = systemTables.stream().map(PhysicalTable::of).toList();
    List<UniqueView> views = new ArrayList<>();
    for (PhysicalTable table : tables) {
      if (table.name().equals(BATCHES)) {
        views.add(UniqueView.ofBatches(dataset, table.name(), BATCH_IDENTITY));
      }
    }
    return new Layout(tables, views);
  }

  /**
   * This and the event tables of those names; a system table among them is left out, for it is here
   * already.
   *
   * @throws IllegalArgumentException if the schema has no such table
   */
  Layout with(String dataset, Schema schema, Collection<String> names) {
    List<PhysicalTable> allTables = new ArrayList<>(tables);
    List<UniqueView> allViews = new ArrayList<>(views);
    for (String name : names) {
      Table table = schema.table(name);
      if (table == null) {
        throw new IllegalArgumentException("the schema has no table " + name);
      }
      if (table.isSystem()) {
        continue;
      }
      PhysicalTable physical = PhysicalTable.of(table);
      allTables.add(physical);
      if (physical.isEventTable()) {
        allViews.add(UniqueView.ofEvents(dataset, name));
      }
    }
    return new Layout(allTables, allViews);
  }
}
