package dev.millrace.function.storage;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** An object's bytes, with failures of the catalogue. Used by one thread. */
final class ObjectStream extends InputStream {
  private static final int CHUNK_BYTES = 2 << 20;

  private final ReadChannel channel;
  private final String path;
  private final StorageFailures failures;

  ObjectStream(ReadChannel channel, String path, StorageFailures failures) {
    this.channel = channel;
    this.path = path;
    this.failures = failures;
    channel.setChunkSize(CHUNK_BYTES);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer into = ByteBuffer.wrap(buffer, offset, length);
    try {
      int count;
      do {
        count = channel.read(into);
      } while (count == 0);
      return count;
    } catch (IOException | StorageException e) {
      if (StorageFailures.isNotFound(e)) {
        throw new NoSuchFileException(path, null, "it was deleted while it was read");
      }
      throw failures.translate(path, e);
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
