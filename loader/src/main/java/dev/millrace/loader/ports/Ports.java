package dev.millrace.loader.ports;

import java.util.Objects;

/** What a loader stands on: where batches lie and where they go. */
public record Ports(BatchStore store, Warehouse warehouse) implements AutoCloseable {
  public Ports {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(warehouse, "warehouse");
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
