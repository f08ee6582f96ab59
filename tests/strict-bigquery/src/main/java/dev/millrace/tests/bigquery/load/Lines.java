package dev.millrace.tests.bigquery.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of an object, one at a time. A line longer than the limit is passed over, and its
 * {@link #length} says that it was too long.
 */
final class Lines {
  private final InputStream in;
  private final int greatestLength;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int filled;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long start;
  private long position;

  Lines(InputStream in, int greatestLength) {
    this.in = in;
    this.greatestLength = greatestLength;
  }

  /** Goes to the next line; false at the end. */
  boolean advance() throws IOException {
    length = 0;
    start = position;
    boolean any = false;
    while (next < filled || fill()) {
      any = true;
      int end = next;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      append(end);
      if (end < filled) {
        next = end + 1;
        position++;
        return true;
      }
      next = end;
    }
    return any;
  }

  /** The line's bytes from 0 to {@link #length}; reused for the next line. */
  byte[] line() {
    return line;
  }

  int length() {
    return Math.min(length, greatestLength);
  }

  boolean isTooLong() {
    return length > greatestLength;
  }

  boolean isBlank() {
    for (int i = 0; i < length(); i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Where the line starts, in bytes from the object's start. */
  long start() {
    return start;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  private void append(int end) {
    int count = end - next;
    int kept = Math.min(count, Math.max(0, greatestLength - length));
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.min(greatestLength, Math.max(length + kept, length * 2)));
    }
    if (kept > 0) {
      System.arraycopy(buffer, next, line, length, kept);
    }
    length = kept < count ? greatestLength + 1 : length + count;
    position += count;
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
