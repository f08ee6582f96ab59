package dev.millrace.cli.inspect;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.settings.LoadedTables;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A dataset that a pipeline loads into, with the tables that it had when it was looked at.
 *
 * @param tables by name
 */
record LoadedDataset(Dataset dataset, Map<String, TableInfo> tables) {
  private static final String LOAD_ID = "_dlt_load_id";
  static final String PARENT_ID = "_dlt_parent_id";
  static final String ID = "_dlt_id";
  static final String RECEIVED_AT = "_millrace_received_at";

  /** Looks at the tables; fails if nothing was ever loaded. */
  static LoadedDataset of(Dataset dataset) throws IOException {
    return new LoadedDataset(dataset, LoadedTables.of(dataset));
  }

  /** Tables of events, root and child, by name. */
  List<TableInfo> eventTables() {
    return tables.values().stream().filter(LoadedDataset::isOfEvents).toList();
  }

  /** Tables with a row for each event. */
  List<TableInfo> roots() {
    return eventTables().stream().filter(table -> has(table, LOAD_ID) && has(table, ID)).toList();
  }

  /** Tables with rows that belong to others' rows. */
  List<TableInfo> children() {
    return eventTables().stream().filter(table -> has(table, PARENT_ID)).toList();
  }

  static boolean isOfEvents(TableInfo table) {
    return !table.name().startsWith("_dlt") && !table.name().startsWith("_millrace");
  }

  static boolean has(TableInfo table, String column) {
    return table.columns().stream().map(ColumnInfo::name).anyMatch(column::equals);
  }

  /** The table of that name; fails if there is none. */
  TableInfo table(String name) {
    TableInfo table = tables.get(name);
    if (table == null) {
      throw Failure.failed(
          "no table %s in %s; `millrace inspect tables --all` lists them"
              .formatted(name, dataset.label()));
    }
    return table;
  }

  String sql(TableInfo table) {
    return dataset.table(table.name());
  }

  String label() {
    return dataset.label();
  }
}
