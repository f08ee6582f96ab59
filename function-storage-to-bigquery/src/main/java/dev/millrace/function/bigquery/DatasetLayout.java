package dev.millrace.function.bigquery;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the tables are and how they are made.
 *
 * @param dataset the tables' dataset; the views are in its {@code _unique} sibling
 * @param location of both, such as {@code EU}; null to ask
 * @param eventExpiry after which a partition of an event table is deleted; null leaves that to
 *     whoever set it by hand
 */
public record DatasetLayout(DatasetName dataset, String location, Duration eventExpiry) {
  public DatasetLayout {
    Objects.requireNonNull(dataset, "dataset");
  }
}
