package dev.millrace.loader.packages;

import java.util.List;

/**
 * One table's rows in a package.
 *
 * @param columns that the rows may have, in the table's order
 * @param rows in all parts
 * @param bytes of all parts
 * @param parts in the order in which they were written
 */
public record PackageTable(List<String> columns, long rows, long bytes, List<Part> parts) {
  public PackageTable {
    columns = List.copyOf(columns);
    parts = List.copyOf(parts);
  }

  static PackageTable of(List<String> columns, List<Part> parts) {
    return new PackageTable(
        columns,
        parts.stream().mapToLong(Part::rows).sum(),
        parts.stream().mapToLong(Part::bytes).sum(),
        parts);
  }
}
