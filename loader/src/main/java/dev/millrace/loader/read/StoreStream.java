package dev.millrace.loader.read;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object as the store gives them. It remembers a failure of the store, which
 * passes, so that it is not taken for damage of the object, which stays.
 */
final class StoreStream extends InputStream {
  private final InputStream store;
  private long bytes;
  private IOException failure;

  StoreStream(InputStream store) {
    this.store = store;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = store.read(buffer, offset, length);
      bytes += Math.max(count, 0);
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }

  /** Throws the store's own failure, if there was one. */
  void rethrowFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
