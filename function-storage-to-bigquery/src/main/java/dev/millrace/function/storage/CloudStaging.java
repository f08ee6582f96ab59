package dev.millrace.function.storage;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

/**
 * The staging bucket. An open stream holds at most 1 MiB of content, and what Google's client needs
 * beside it; what is smaller than that is written in one request when the stream is closed.
 * Thread-safe.
 */
public final class CloudStaging implements Staging {
  private final StorageClient client;
  private final String bucket;
  private final StorageFailures failures;
  private final SmallObjects objects;

  public CloudStaging(StorageClient client, String bucket) {
    this.client = Objects.requireNonNull(client, "client");
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.failures = new StorageFailures(bucket, "roles/storage.objectUser");
    this.objects = new SmallObjects(client, bucket, failures);
  }

  @Override
  public OutputStream create(String path) throws IOException {
    return new UploadStream(client, BlobInfo.newBuilder(BlobId.of(bucket, path)).build(), failures);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return objects.write(path, content, SmallObjects.ABSENT).isPresent();
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return objects.read(path).map(SmallObjects.Content::bytes);
  }

  @Override
  public InputStream open(String path) throws IOException {
    Blob object =
        failures.translating(
            path,
            () ->
                client
                    .get()
                    .get(BlobId.of(bucket, path), BlobGetOption.fields(BlobField.GENERATION)));
    if (object == null) {
      throw new NoSuchFileException(location(path), null, "it is not in the bucket, or no longer");
    }
    BlobId id = BlobId.of(bucket, path, object.getGeneration());
    return new ObjectStream(client.get().reader(id), path, failures);
  }

  @Override
  public void delete(String path) throws IOException {
    failures.translating(path, () -> client.get().delete(BlobId.of(bucket, path)));
  }

  @Override
  public String location(String path) {
    return "gs://" + bucket + "/" + path;
  }
}
