package dev.millrace.loader.read;

import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read. */
final class CountedStream extends InputStream {
  private final InputStream source;
  private long bytes;

  CountedStream(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    int value = source.read();
    if (value >= 0) {
      bytes++;
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = source.read(buffer, offset, length);
    bytes += Math.max(count, 0);
    return count;
  }

  long bytes() {
    return bytes;
  }
}
