package dev.millrace.loader.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacked text, up to a limit. It remembers why it failed, and the beginning of the line in which
 * it failed: that line is lost to the reader, and is kept for a person.
 */
final class UnpackedStream extends InputStream {
  private static final int KEPT_LINE_BYTES = 64 << 10;

  private final InputStream unpacked;
  private final long maxBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long lineStart;
  private long bytes;
  private IOException failure;

  UnpackedStream(InputStream unpacked, long maxBytes) {
    this.unpacked = unpacked;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    try {
      if (bytes == maxBytes) {
        if (unpacked.read() < 0) {
          return -1;
        }
        throw new UnpackedLimitException(maxBytes);
      }
      int count = unpacked.read(buffer, offset, (int) Math.min(length, maxBytes - bytes));
      if (count > 0) {
        follow(buffer, offset, count);
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void follow(byte[] buffer, int offset, int count) {
    int from = offset;
    for (int i = offset + count - 1; i >= offset; i--) {
      if (buffer[i] == '\n') {
        from = i + 1;
        line.reset();
        lineStart = bytes + (from - offset);
        break;
      }
    }
    bytes += count;
    int kept = Math.min(offset + count - from, KEPT_LINE_BYTES - line.size());
    line.write(buffer, from, kept);
  }

  /** Why the object can't be read any further, or null. */
  IOException failure() {
    return failure;
  }

  /** Unpacked bytes so far. */
  long bytes() {
    return bytes;
  }

  /** Where the line starts that was being read, in unpacked bytes. */
  long lineStart() {
    return lineStart;
  }

  /** What is known of that line, its first 64 KiB at most. */
  byte[] line() {
    return line.toByteArray();
  }
}
