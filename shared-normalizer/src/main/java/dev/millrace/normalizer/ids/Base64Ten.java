package dev.millrace.normalizer.ids;

import java.nio.charset.StandardCharsets;

/** Base64 (standard alphabet, no padding) of 10 bytes: the form of every {@code _dlt_id}. */
final class Base64Ten {
  /** Length of an id. */
  static final int LENGTH = 14;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  private Base64Ten() {}

  /**
   * Writes 14 characters.
   *
   * @param first the first 8 bytes, big-endian
   * @param second the next 2 bytes in its highest 16 bits
   */
  static void write(long first, long second, byte[] target, int offset) {
    for (int digit = 0; digit < 10; digit++) {
      target[offset + digit] = ALPHABET[(int) (first >>> (58 - 6 * digit)) & 63];
    }
    // The last 4 bits of the first 8 bytes, 16 bits of the second, 4 zero bits: 4 characters.
    int rest = (int) ((first & 15) << 20 | (second >>> 48) << 4);
    for (int digit = 0; digit < 4; digit++) {
      target[offset + 10 + digit] = ALPHABET[rest >>> (18 - 6 * digit) & 63];
    }
  }
}
