package dev.millrace.tests.bigquery.catalog;

import java.util.Objects;

/** A table's, view's or routine's full name; it is case-sensitive, as BigQuery's are. */
public record TableName(DatasetName dataset, String table) {
  public TableName {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(table, "table");
  }

  public TableName(String project, String dataset, String table) {
    this(new DatasetName(project, dataset), table);
  }

  @Override
  public String toString() {
    return dataset + "." + table;
  }
}
