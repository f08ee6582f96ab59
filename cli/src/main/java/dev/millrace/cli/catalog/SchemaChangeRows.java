package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code _millrace_schema_changes} tells, the newest first. */
record SchemaChangeRows(List<SchemaChangeRow> rows) {
  private static final String SQL =
      """
      SELECT recorded_at, load_id, kind, table_name, column_name, from_type, to_type
      FROM %s
      ORDER BY recorded_at DESC, load_id DESC, table_name, column_name""";

  /**
   * Asks.
   *
   * @param tables that are there; of a dataset without the table nothing is known
   */
  static SchemaChangeRows read(Dataset dataset, Set<String> tables) throws IOException {
    String table = SystemTables.SCHEMA_CHANGES.name();
    List<SchemaChangeRow> rows = new ArrayList<>();
    if (tables.contains(table)) {
      dataset.query(
          SQL.formatted(dataset.table(table)),
          List.of(),
          row ->
              rows.add(
                  new SchemaChangeRow(
                      row.time(0),
                      row.text(1),
                      row.text(2),
                      row.text(3),
                      row.text(4),
                      new SchemaChangeRow.Types(row.text(5), row.text(6)))));
    }
    return new SchemaChangeRows(rows);
  }

  /** By table, and by {@code table.column} for columns that came after their table. */
  Map<String, FirstSeen> firstSeen() {
    Map<String, FirstSeen> seen = new HashMap<>();
    for (SchemaChangeRow row : rows) {
      // The oldest come last, and they hold.
      seen.put(
          row.column() == null ? row.table() : row.table() + "." + row.column(), row.firstSeen());
    }
    return seen;
  }
}
