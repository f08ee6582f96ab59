package dev.millrace.normalizer.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time. Each test gives a word whose lowest set bit marks the first byte
 * that matches; bits above it may be wrong, since a match borrows from its neighbour.
 */
final class Words {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long NEWLINES = ONES * '\n';

  private Words() {}

  /** Marks quotes, backslashes and control characters: what a string's plain run ends at. */
  static long stringEnds(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((word - SPACES) & ~word))
        & HIGH;
  }

  static long newlines(long word) {
    long newline = word ^ NEWLINES;
    return (newline - ONES) & ~newline & HIGH;
  }
}
