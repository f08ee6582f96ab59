package dev.millrace.normalizer.schema;

import java.util.Objects;

/**
 * One addition to a schema: a table, or a column of a table that was there before. The columns that
 * come with a new table are not listed apart.
 *
 * @param kind what was added
 * @param table the table's name
 * @param column the column's name; null for a new table
 * @param fromType for a variant, the type of the column whose values it could not join; else null
 * @param toType the new column's type; null for a new table
 * @param firstRowId {@code _dlt_id} of the first row that needed the addition
 * @param rawPath the raw path behind a name that carries a tag for a collision (departure M2, M7);
 *     else null
 */
public record SchemaChange(
    Kind kind,
    String table,
    String column,
    DataType fromType,
    DataType toType,
    String firstRowId,
    String rawPath) {
  /** What a change adds. */
  public enum Kind {
    NEW_TABLE("new-table"),
    NEW_COLUMN("new-column"),
    VARIANT("variant");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The kind as tables, logs and options spell it. */
    public String word() {
      return word;
    }
  }

  public SchemaChange {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(table, "table");
  }
}
