package dev.millrace.loader.read;

import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, up to a limit. */
final class UnpackedStream extends InputStream {
  private final InputStream unpacked;
  private final long maxBytes;
  private long bytes;

  UnpackedStream(InputStream unpacked, long maxBytes) {
    this.unpacked = unpacked;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws UnpackedLimitException if there are more bytes than the limit
   */
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (bytes == maxBytes) {
      if (unpacked.read() < 0) {
        return -1;
      }
      throw new UnpackedLimitException(maxBytes);
    }
    int count = unpacked.read(buffer, offset, (int) Math.min(length, maxBytes - bytes));
    bytes += Math.max(count, 0);
    return count;
  }

  /** Bytes so far. */
  long bytes() {
    return bytes;
  }
}
