package dev.millrace.cli.catalog;

import java.util.List;

/**
 * What people have noted of a column.
 *
 * @param description or null
 */
record ColumnNotes(String description, List<String> tags) {
  ColumnNotes {
    tags = List.copyOf(tags);
  }
}
