package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;

/**
 * Where the dataset's data lies, such as {@code EU}. Jobs are found only by those who know where
 * they ran. Thread-safe.
 */
final class Location {
  private final Calls calls;
  private final DatasetName dataset;
  private volatile String known;

  /**
   * @param known the location, or null to ask the dataset once
   */
  Location(Calls calls, DatasetName dataset, String known) {
    this.calls = calls;
    this.dataset = dataset;
    this.known = known;
  }

  /**
   * @throws LoadException {@link LoadError#MISCONFIGURED} if there is no such dataset
   */
  String get(Deadline deadline) throws LoadException {
    String location = known;
    if (location == null) {
      location = ask(deadline);
      known = location;
    }
    return location;
  }

  private String ask(Deadline deadline) throws LoadException {
    DatasetId id = DatasetId.of(dataset.project(), dataset.name());
    Dataset found =
        calls.call("look at dataset " + dataset, deadline, client -> client.getDataset(id));
    if (found == null) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "dataset %s is missing; make it and %s, or correct the setting dataset"
              .formatted(dataset, dataset.unique()));
    }
    return found.getLocation() == null ? "US" : found.getLocation();
  }
}
