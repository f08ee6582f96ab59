package dev.millrace.cli.show;

import dev.millrace.normalizer.schema.SchemaChange;

/**
 * One addition to the schema, as it is shown.
 *
 * @param batch the batch that brought it, as a person knows it
 * @param kind {@code new-table}, {@code new-column} or {@code variant}
 * @param column null for a new table
 * @param fromType the type that could not take the value, for a variant; else null
 * @param toType the new column's; null for a new table
 */
public record Change(
    String batch, String kind, String table, String column, String fromType, String toType) {
  private static final String NEW_TABLE = SchemaChange.Kind.NEW_TABLE.word();

  /** A change as a load reports it. */
  public static Change of(String batch, SchemaChange change) {
    return new Change(
        batch,
        change.kind().word(),
        change.table(),
        change.column(),
        change.fromType() == null ? null : change.fromType().word(),
        change.toType() == null ? null : change.toType().word());
  }

  boolean isNewTable() {
    return kind.equals(NEW_TABLE);
  }

  String type() {
    return fromType == null ? toType : toType + ", where " + fromType + " does not fit";
  }
}
