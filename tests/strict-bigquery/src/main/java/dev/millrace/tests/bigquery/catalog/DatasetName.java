package dev.millrace.tests.bigquery.catalog;

import java.util.Objects;

/** A dataset's full name; it is case-sensitive, and printed as BigQuery's messages print it. */
public record DatasetName(String project, String dataset) {
  public DatasetName {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(dataset, "dataset");
  }

  @Override
  public String toString() {
    return project + ":" + dataset;
  }
}
