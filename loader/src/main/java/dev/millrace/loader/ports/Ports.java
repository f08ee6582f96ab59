package dev.millrace.loader.ports;

import java.util.Objects;

/**
 * What a loader stands on: where batches lie and where they go, and whom it tells.
 *
 * @param notices for batches that are to be loaded again
 * @param schemaChanges for what batches add to the schema
 */
public record Ports(
    BatchStore store, Warehouse warehouse, NoticeTopic notices, SchemaChangeTopic schemaChanges)
    implements AutoCloseable {
  public Ports {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(warehouse, "warehouse");
    Objects.requireNonNull(notices, "notices");
    Objects.requireNonNull(schemaChanges, "schemaChanges");
  }

  /** Without topics. */
  public Ports(BatchStore store, Warehouse warehouse) {
    this(store, warehouse, NoticeTopic.NONE, SchemaChangeTopic.NONE);
  }

  /** The same on other places. */
  public Ports withStore(BatchStore other) {
    return new Ports(other, warehouse, notices, schemaChanges);
  }

  @Override
  public void close() {
    notices.close();
    schemaChanges.close();
    warehouse.close();
  }
}
