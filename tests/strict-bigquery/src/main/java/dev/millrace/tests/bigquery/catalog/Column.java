package dev.millrace.tests.bigquery.catalog;

import java.util.Locale;
import java.util.Objects;

/**
 * A column of a table or of a query's result.
 *
 * @param required REQUIRED, else NULLABLE
 * @param repeated an array; only a query's result can have one
 * @param description null if there is none
 */
public record Column(
    String name, ColumnType type, boolean required, boolean repeated, String description) {
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  public Column(String name, ColumnType type, boolean required, String description) {
    this(name, type, required, false, description);
  }

  /** What the column's name is compared by: case does not tell names apart. */
  public String key() {
    return key(name);
  }

  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Null for no description. */
  public Column describedAs(String other) {
    return new Column(name, type, required, other);
  }

  public Column nullable() {
    return new Column(name, type, false, description);
  }
}
