package dev.millrace.normalizer.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow at their end, and can be cut back. Adding more than {@link #MAX_LENGTH} throws
 * {@link TooLongException}.
 */
public final class ByteBuilder {
  /** Most bytes that are made of one event: twice the largest event that settings permit. */
  public static final int MAX_LENGTH = 128 << 20;

  /** From here on a builder grows by half, and no more by its own size. */
  private static final int LARGE = 16 << 20;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  public ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  /** The bytes themselves; valid until the next call that adds some. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Cuts back to {@code newLength}. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** Empties this, and gives back memory that one large event took. */
  public void clear(int keptCapacity) {
    length = 0;
    trim(keptCapacity);
  }

  /** Gives back memory that one large event took, if what is left needs no more than is kept. */
  public void trim(int keptCapacity) {
    if (bytes.length > keptCapacity && length <= keptCapacity) {
      bytes = Arrays.copyOf(bytes, keptCapacity);
    }
  }

  public void append(byte[] source) {
    append(source, 0, source.length);
  }

  public void append(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  public void append(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  /** Makes room for {@code count} bytes and returns where they start; they hold anything. */
  public int reserve(int count) {
    ensure(count);
    int start = length;
    length += count;
    return start;
  }

  public void appendNumber(int number) {
    if (number >= 0 && number < 10) {
      append((char) ('0' + number));
    } else {
      append(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Appends {@code text} as a JSON string, quotes included. */
  public void appendQuoted(String text) {
    append('"');
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int run = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        append(utf8, run, i - run);
        run = i + 1;
        append('\\');
        switch (b) {
          case '"', '\\' -> append((char) b);
          case '\n' -> append('n');
          case '\r' -> append('r');
          case '\t' -> append('t');
          default -> {
            append("u00".getBytes(StandardCharsets.US_ASCII));
            append((char) HEX[b >> 4]);
            append((char) HEX[b & 15]);
          }
        }
      }
    }
    append(utf8, run, utf8.length - run);
    append('"');
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int count) {
    if (bytes.length - length < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    if (count > MAX_LENGTH - length) {
      throw TooLongException.INSTANCE;
    }
    int more = bytes.length < LARGE ? bytes.length : bytes.length / 2;
    int wanted = Math.min(MAX_LENGTH, bytes.length + more);
    bytes = Arrays.copyOf(bytes, Math.max(length + count, wanted));
  }
}
