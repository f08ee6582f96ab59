package dev.millrace.normalizer.json;

/** UTF-8, strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** The position of the first byte that belongs to no character, or -1 if there is none. */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + 8 <= to && ((long) Words.LONG.get(bytes, i) & Words.HIGH) == 0) {
        i += 8;
        continue;
      }
      int length = length(bytes, i, to);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** How many bytes the character at {@code i} has; 0 if it is none. */
  private static int length(byte[] bytes, int i, int to) {
    int lead = bytes[i];
    if (lead >= 0) {
      return 1;
    }
    lead &= 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return i + 1 < to && isTail(bytes[i + 1]) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      if (i + 2 >= to || !isTail(bytes[i + 1]) || !isTail(bytes[i + 2])) {
        return 0;
      }
      int second = bytes[i + 1] & 0xff;
      boolean overlong = lead == 0xe0 && second < 0xa0;
      boolean surrogate = lead == 0xed && second > 0x9f;
      return overlong || surrogate ? 0 : 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      if (i + 3 >= to || !isTail(bytes[i + 1]) || !isTail(bytes[i + 2]) || !isTail(bytes[i + 3])) {
        return 0;
      }
      int second = bytes[i + 1] & 0xff;
      boolean overlong = lead == 0xf0 && second < 0x90;
      boolean beyond = lead == 0xf4 && second > 0x8f;
      return overlong || beyond ? 0 : 4;
    }
    return 0;
  }

  private static boolean isTail(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
