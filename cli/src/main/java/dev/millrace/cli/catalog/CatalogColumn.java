package dev.millrace.cli.catalog;

/**
 * A column as the catalog tells it.
 *
 * @param firstSeen null if it isn't known
 * @param filled of the rows that were read, how many have a value; null if none were read
 */
record CatalogColumn(
    String name,
    ColumnType type,
    ColumnNotes notes,
    FirstSeen firstSeen,
    Long filled,
    Examples examples) {
  /** Whether the column is dlt's or Millrace's own, and no event's field. */
  boolean isSystem() {
    return SystemWords.isSystem(name);
  }
}
