package dev.millrace.loader.system;

import dev.millrace.normalizer.schema.Column;
import java.util.List;
import java.util.Objects;

/**
 * A table that is no event's: dlt's own and Millrace's. The columns' descriptions are for those who
 * read the dataset.
 *
 * @param name the table's name
 * @param description what its rows are
 * @param columns in order
 * @param partitionedBy the timestamp column that the table is partitioned on, by day
 */
public record SystemTable(
    String name, String description, List<Column> columns, String partitionedBy) {
  public SystemTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(column -> column.name().equals(partitionedBy))) {
      throw new IllegalArgumentException(name + " has no column " + partitionedBy);
    }
  }
}
