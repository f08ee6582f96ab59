package dev.millrace.publisher;

/**
 * A number of bytes.
 *
 * @param bytes 0 or more
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes < 0: " + bytes);
    }
  }

  /** So many bytes. */
  public static ByteCount of(long bytes) {
    return new ByteCount(bytes);
  }

  /** So many times 1,024 bytes. */
  public static ByteCount kibibytes(long count) {
    return new ByteCount(Math.multiplyExact(count, 1L << 10));
  }

  /** So many times 1,048,576 bytes. */
  public static ByteCount mebibytes(long count) {
    return new ByteCount(Math.multiplyExact(count, 1L << 20));
  }

  /** So many times 1,073,741,824 bytes. */
  public static ByteCount gibibytes(long count) {
    return new ByteCount(Math.multiplyExact(count, 1L << 30));
  }

  @Override
  public int compareTo(ByteCount other) {
    return Long.compare(bytes, other.bytes);
  }
}
