package dev.millrace.function.storage;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes one object: in one request if it is no larger than a chunk, else by a resumable upload,
 * chunk after chunk. There is no object before the last of it is written, and none if any of it
 * can't be. Used by one thread.
 */
final class UploadStream extends OutputStream {
  private static final int CHUNK_BYTES = 1 << 20;

  private final StorageClient client;
  private final BlobInfo object;
  private final StorageFailures failures;
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private WriteChannel upload;
  private boolean ended;

  UploadStream(StorageClient client, BlobInfo object, StorageFailures failures) {
    this.client = client;
    this.object = object;
    this.failures = failures;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      throw new IOException(object.getName() + " is closed, or could not be written");
    }
    if (upload == null && begun.size() + length <= CHUNK_BYTES) {
      begun.write(buffer, offset, length);
      return;
    }
    orEnd(
        () -> {
          if (upload == null) {
            upload = client.get().writer(object);
            upload.setChunkSize(CHUNK_BYTES);
            writeAll(ByteBuffer.wrap(begun.toByteArray()));
            begun = null;
          }
          writeAll(ByteBuffer.wrap(buffer, offset, length));
          return null;
        });
  }

  /** After a failure there is nothing left to do: an upload that isn't ended leaves no object. */
  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    orEnd(
        () -> {
          if (upload == null) {
            client.get().create(object, begun.toByteArray());
          } else {
            upload.close();
          }
          return null;
        });
    end();
  }

  private void orEnd(StorageFailures.Call<Void> call) throws IOException {
    try {
      call.run();
    } catch (IOException | StorageException e) {
      end();
      throw StorageFailures.isNotFound(e) && bucketIsThere()
          ? new LoadException(
              LoadError.UNAVAILABLE,
              "Cloud Storage has lost the upload of gs://%s/%s."
                  .formatted(object.getBucket(), object.getName()),
              e)
          : failures.translate(object.getName(), e);
    }
  }

  private boolean bucketIsThere() {
    try {
      client.get().list(object.getBucket(), BlobListOption.pageSize(1));
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  private void end() {
    ended = true;
    begun = null;
    upload = null;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      upload.write(bytes);
    }
  }
}
