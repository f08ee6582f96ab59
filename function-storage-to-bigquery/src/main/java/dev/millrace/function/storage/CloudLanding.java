package dev.millrace.function.storage;

import com.google.api.gax.paging.Page;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Objects;

/** The landing bucket. A stream of it holds at most 2 MiB in memory. Thread-safe. */
public final class CloudLanding implements Landing {
  private static final int PAGE = 1000;

  private final StorageClient client;
  private final String bucket;
  private final StorageFailures failures;

  public CloudLanding(StorageClient client, String bucket) {
    this.client = Objects.requireNonNull(client, "client");
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.failures = new StorageFailures(bucket, "roles/storage.objectViewer");
  }

  /**
   * {@inheritDoc}
   *
   * <p>The bytes are those that are stored: a gzip object is not unpacked on the way.
   */
  @Override
  public Opened open(BatchRef batch) throws IOException {
    if (!batch.bucket().equals(bucket)) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "The notice is of the bucket %s, and the settings name %s as the landing bucket."
              .formatted(batch.bucket(), bucket));
    }
    BlobId id = BlobId.of(bucket, batch.name(), batch.generation());
    Blob object =
        failures.translating(
            batch.name(),
            () -> {
              Blob found =
                  client
                      .get()
                      .get(id, BlobGetOption.fields(BlobField.SIZE, BlobField.TIME_CREATED));
              if (found == null) {
                requireBucket();
              }
              return found;
            });
    if (object == null) {
      throw new NoSuchFileException(
          batch.toString(), null, "it is not in the bucket, or no longer");
    }
    ReadChannel content =
        client.get().reader(id, BlobSourceOption.shouldReturnRawInputStream(true));
    return new Opened(
        new ObjectStream(content, batch.name(), failures),
        ChronoUnit.MICROS.between(Instant.EPOCH, object.getCreateTimeOffsetDateTime().toInstant()),
        object.getSize());
  }

  /** {@inheritDoc} A page of a thousand is in memory at a time. */
  @Override
  public void list(Visitor visitor) throws IOException {
    list("", visitor);
  }

  @Override
  public void list(String prefix, Visitor visitor) throws IOException {
    Iterator<Blob> objects = failures.translating("", () -> pages(prefix).iterateAll().iterator());
    while (failures.translating("", objects::hasNext)) {
      Blob object = objects.next();
      visitor.object(
          new Listed(
              new BatchRef(bucket, object.getName(), object.getGeneration()),
              object.getCreateTimeOffsetDateTime().toInstant(),
              object.getSize()));
    }
  }

  private Page<Blob> pages(String prefix) {
    return client
        .get()
        .list(
            bucket,
            BlobListOption.pageSize(PAGE),
            BlobListOption.prefix(prefix),
            BlobListOption.fields(
                BlobField.NAME, BlobField.GENERATION, BlobField.SIZE, BlobField.TIME_CREATED));
  }

  /** An object that isn't there is the object's fault, a bucket that isn't there is not. */
  private void requireBucket() {
    client.get().list(bucket, BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME));
  }
}
