package dev.millrace.cli.catalog;

import dev.millrace.normalizer.schema.SchemaChange;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A row of {@code _millrace_schema_changes}.
 *
 * @param recordedAt when the batch was committed
 * @param kind {@code new-table}, {@code new-column} or {@code variant}
 * @param column null for a new table
 */
record SchemaChangeRow(
    Instant recordedAt, String loadId, String kind, String table, String column, Types types) {
  /** The types of a change; each may be null. */
  record Types(String from, String to) {}

  boolean isNewTable() {
    return kind.equals(SchemaChange.Kind.NEW_TABLE.word());
  }

  /** A load id begins with the second at which its batch was finalised. */
  FirstSeen firstSeen() {
    try {
      return new FirstSeen(
          Instant.ofEpochSecond(Long.parseLong(loadId.split("\\.", 2)[0])), loadId);
    } catch (NumberFormatException | DateTimeException e) {
      return new FirstSeen(recordedAt, loadId);
    }
  }
}
