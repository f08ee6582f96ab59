package dev.millrace.loader.read;

import java.io.IOException;
import java.io.InputStream;

/** The next so many bytes of another stream, which goes on after them. */
final class LimitedStream extends InputStream {
  private final InputStream source;
  private long remaining;

  LimitedStream(InputStream source, long bytes) {
    this.source = source;
    this.remaining = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int count = source.read(buffer, offset, (int) Math.min(length, remaining));
    remaining -= Math.max(count, 0);
    return count;
  }

  long remaining() {
    return remaining;
  }
}
