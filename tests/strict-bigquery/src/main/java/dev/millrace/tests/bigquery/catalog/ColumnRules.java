package dev.millrace.tests.bigquery.catalog;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What BigQuery asks of a table's columns: letters, digits and underscores in names of at most 300
 * characters that don't start with a digit nor with a reserved prefix, and are unique whatever
 * their case (docs page "Specifying a schema", column names); at most 10,000 columns ("Quotas and
 * limits", tables).
 */
public final class ColumnRules {
  private static final int GREATEST_COUNT = 10_000;
  private static final int GREATEST_LENGTH = 300;
  private static final int GREATEST_DESCRIPTION = 1_024;
  private static final List<String> RESERVED =
      List.of(
          "_TABLE_",
          "_FILE_",
          "_PARTITION",
          "_ROW_TIMESTAMP",
          "__ROOT__",
          "_COLIDENTIFIER",
          "_CHANGE_SEQUENCE_NUMBER",
          "_CHANGE_TYPE",
          "_CHANGE_TIMESTAMP");

  private ColumnRules() {}

  /** Throws a {@link RefusedException} unless BigQuery would take these as a table's columns. */
  public static void check(List<Column> columns) {
    if (columns.isEmpty()) {
      throw new RefusedException(Reason.INVALID, "Schema has no fields");
    }
    if (columns.size() > GREATEST_COUNT) {
      throw new RefusedException(
          Reason.INVALID,
          "Too many total leaf fields: %d, allowed %d".formatted(columns.size(), GREATEST_COUNT));
    }
    Set<String> keys = new HashSet<>();
    for (Column column : columns) {
      checkName(column.name());
      if (!keys.add(column.key())) {
        throw new RefusedException(
            Reason.INVALID, "Field %s already exists in schema".formatted(column.name()));
      }
      if (column.description() != null && column.description().length() > GREATEST_DESCRIPTION) {
        throw new RefusedException(
            Reason.INVALID,
            "Description of field %s is longer than %d characters"
                .formatted(column.name(), GREATEST_DESCRIPTION));
      }
    }
  }

  private static void checkName(String name) {
    if (name.length() > GREATEST_LENGTH || !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new RefusedException(
          Reason.INVALID,
          "Invalid field name \"%s\". Fields must contain the allowed characters, and be at most 300 characters long."
              .formatted(name));
    }
    String upper = name.toUpperCase(Locale.ROOT);
    for (String prefix : RESERVED) {
      if (upper.startsWith(prefix)) {
        throw new RefusedException(
            Reason.INVALID,
            "Invalid field name \"%s\". Field names are not allowed to start with the (case-insensitive) prefixes %s"
                .formatted(name, String.join(", ", RESERVED)));
      }
    }
  }
}
