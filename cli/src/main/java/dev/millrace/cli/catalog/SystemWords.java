package dev.millrace.cli.catalog;

import java.util.Map;

/** What the columns are that every event table has. */
final class SystemWords {
  static final String RECEIVED_AT = "_millrace_received_at";

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          RECEIVED_AT,
          "When the event was received. The table is partitioned on it by day: a query that bounds"
              + " it reads less.",
          "_dlt_id",
          "The row's id. The same event has the same id, also where it came twice.",
          "_dlt_load_id",
          "The batch that the row came in: load_id in _millrace_batches.",
          "_dlt_parent_id",
          "The parent's row: its _dlt_id.",
          "_dlt_root_id",
          "The event's row in the root table: its _dlt_id.",
          "_dlt_list_idx",
          "The place in the list that the row was an element of, from 0.");

  private SystemWords() {}

  static boolean isSystem(String column) {
    return column.startsWith("_dlt_") || column.startsWith("_millrace_");
  }

  /** A system column's description, or null. */
  static String description(String column) {
    return DESCRIPTIONS.get(column);
  }
}
