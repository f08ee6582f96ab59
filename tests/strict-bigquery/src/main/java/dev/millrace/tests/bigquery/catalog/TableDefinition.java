package dev.millrace.tests.bigquery.catalog;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a table is made of, whether said by the API or by DDL.
 *
 * @param partitioning null if there is none
 * @param clustering columns, in order; empty if there are none
 * @param description null if there is none
 */
public record TableDefinition(
    List<Column> columns, Partitioning partitioning, List<String> clustering, String description) {
  private static final int GREATEST_CLUSTERING = 4;
  private static final Set<TypeName> NOT_CLUSTERABLE =
      EnumSet.of(TypeName.JSON, TypeName.FLOAT64, TypeName.BYTES, TypeName.TIME);

  public TableDefinition {
    columns = List.copyOf(columns);
    clustering = List.copyOf(clustering);
  }

  /**
   * Throws a {@link RefusedException} unless BigQuery would create such a table (docs pages
   * "Creating partitioned tables" and "Creating and using clustered tables", limitations).
   */
  public void check() {
    ColumnRules.check(columns);
    if (partitioning != null) {
      checkPartitioning();
    }
    if (clustering.size() > GREATEST_CLUSTERING) {
      throw new RefusedException(
          Reason.INVALID, "A table can be clustered by at most 4 columns: " + clustering);
    }
    Set<String> seen = new HashSet<>();
    for (String name : clustering) {
      Column column = column(name);
      if (column == null) {
        throw new RefusedException(
            Reason.INVALID,
            "The field specified for clustering cannot be found in the schema. Invalid field: "
                + name);
      }
      if (NOT_CLUSTERABLE.contains(column.type().name()) || !seen.add(column.key())) {
        throw new RefusedException(
            Reason.INVALID,
            "Clustering is not possible by field %s of type %s"
                .formatted(name, column.type().sql()));
      }
    }
  }

  public TableDefinition withColumns(List<Column> others) {
    return new TableDefinition(others, partitioning, clustering, description);
  }

  public TableDefinition withDescription(String other) {
    return new TableDefinition(columns, partitioning, clustering, other);
  }

  /** Of a partitioned table; null for never. */
  public TableDefinition withPartitionExpiration(Long millis) {
    Partitioning other =
        new Partitioning(partitioning.column(), partitioning.granularity(), millis);
    return new TableDefinition(columns, other, clustering, description);
  }

  private void checkPartitioning() {
    Column column = column(partitioning.column());
    if (column == null) {
      throw new RefusedException(
          Reason.INVALID,
          "The field specified for partitioning cannot be found in the schema: "
              + partitioning.column());
    }
    TypeName type = column.type().name();
    boolean byDate = type == TypeName.DATE;
    boolean byTime = type == TypeName.TIMESTAMP || type == TypeName.DATETIME;
    if (!byDate && !byTime
        || byDate && partitioning.granularity() == Partitioning.Granularity.HOUR) {
      throw new RefusedException(
          Reason.INVALID,
          "%s partitioning is not possible by field %s of type %s"
              .formatted(partitioning.granularity(), column.name(), column.type().sql()));
    }
  }

  private Column column(String name) {
    for (Column column : columns) {
      if (column.key().equals(Column.key(name))) {
        return column;
      }
    }
    return null;
  }
}
