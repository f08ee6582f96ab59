package dev.millrace.function.storage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Objects of a bucket that are read whole, and written under the generation they must be at. */
final class SmallObjects {
  /** The generation of an object that isn't there. */
  static final long ABSENT = 0;

  /** Each write has a value of its own here, by which it knows its own work. */
  private static final String WRITE_ID = "millrace-write";

  private static final int READ_TRIES = 5;

  private final StorageClient client;
  private final String bucket;
  private final StorageFailures failures;

  SmallObjects(StorageClient client, String bucket, StorageFailures failures) {
    this.client = client;
    this.bucket = bucket;
    this.failures = failures;
  }

  /** An object as it was read. */
  record Content(long generation, byte[] bytes) {}

  Optional<Content> read(String path) throws IOException {
    return failures.translating(
        path,
        () -> {
          for (int tried = 0; tried < READ_TRIES; tried++) {
            Blob object =
                client
                    .get()
                    .get(BlobId.of(bucket, path), BlobGetOption.fields(BlobField.GENERATION));
            if (object == null) {
              return Optional.empty();
            }
            try {
              BlobId id = BlobId.of(bucket, path, object.getGeneration());
              return Optional.of(
                  new Content(object.getGeneration(), client.get().readAllBytes(id)));
            } catch (StorageException e) {
              // Somebody has replaced it in between.
              if (!StorageFailures.isNotFound(e)) {
                throw e;
              }
            }
          }
          throw new LoadException(
              LoadError.UNAVAILABLE,
              "gs://%s/%s changes so often that it can't be read.".formatted(bucket, path));
        });
  }

  /**
   * Writes an object if it is at the expected generation. Where Cloud Storage did it and its answer
   * was lost, the client asks again and is told that it isn't at that generation: so the object is
   * looked at, for it may be ours.
   *
   * @return the new generation, or empty if somebody else's is there
   */
  OptionalLong write(String path, byte[] content, long expectedGeneration) throws IOException {
    String writeId = UUID.randomUUID().toString();
    BlobInfo object =
        BlobInfo.newBuilder(BlobId.of(bucket, path)).setMetadata(Map.of(WRITE_ID, writeId)).build();
    BlobTargetOption expected =
        expectedGeneration == ABSENT
            ? BlobTargetOption.doesNotExist()
            : BlobTargetOption.generationMatch(expectedGeneration);
    return failures.translating(
        path,
        () -> {
          try {
            return OptionalLong.of(client.get().create(object, content, expected).getGeneration());
          } catch (StorageException e) {
            if (!StorageFailures.isPreconditionFailed(e)) {
              throw e;
            }
            return generationWritten(path, writeId);
          }
        });
  }

  private OptionalLong generationWritten(String path, String writeId) {
    Blob object =
        client
            .get()
            .get(
                BlobId.of(bucket, path),
                BlobGetOption.fields(BlobField.GENERATION, BlobField.METADATA));
    boolean ours =
        object != null
            && object.getMetadata() != null
            && writeId.equals(object.getMetadata().get(WRITE_ID));
    return ours ? OptionalLong.of(object.getGeneration()) : OptionalLong.empty();
  }
}
