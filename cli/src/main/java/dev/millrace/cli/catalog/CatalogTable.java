package dev.millrace.cli.catalog;

import java.util.List;

/**
 * A table as the catalog tells it.
 *
 * @param parent the table whose rows its rows belong to, or null
 * @param description or null
 * @param firstSeen null if it isn't known
 */
record CatalogTable(
    String name,
    String parent,
    String description,
    FirstSeen firstSeen,
    TableRows rows,
    List<CatalogColumn> columns) {
  CatalogTable {
    columns = List.copyOf(columns);
  }

  /** Columns that are fields of events. */
  List<CatalogColumn> fields() {
    return columns.stream().filter(column -> !column.isSystem()).toList();
  }

  /** The name without that of its parent, such as {@code properties__products}. */
  String shortName() {
    return parent != null && name.startsWith(parent + "__")
        ? name.substring(parent.length() + 2)
        : name;
  }
}
