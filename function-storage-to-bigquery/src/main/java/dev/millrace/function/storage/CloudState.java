package dev.millrace.function.storage;

import dev.millrace.loader.ports.State;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The state bucket; a generation is Cloud Storage's own. Thread-safe, also over processes. */
public final class CloudState implements State {
  private final SmallObjects objects;

  public CloudState(StorageClient client, String bucket) {
    this.objects =
        new SmallObjects(
            Objects.requireNonNull(client, "client"),
            Objects.requireNonNull(bucket, "bucket"),
            new StorageFailures(bucket, "roles/storage.objectUser"));
  }

  @Override
  public Optional<Versioned> read(String name) throws IOException {
    return objects.read(name).map(found -> new Versioned(found.generation(), found.bytes()));
  }

  @Override
  public OptionalLong replace(String name, byte[] content, long expectedGeneration)
      throws IOException {
    return objects.write(name, content, expectedGeneration);
  }
}
