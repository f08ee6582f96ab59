package dev.millrace.collector.events;

/**
 * Whether bytes are UTF-8 (RFC 3629, 4), surrogates and overlong forms excluded: the parser looks
 * less closely at what it skips.
 */
final class Utf8 {
  private static final int FIRST_OF_TWO = 0xc2;
  private static final int FIRST_OF_THREE = 0xe0;
  private static final int SURROGATES = 0xed;
  private static final int FIRST_OF_FOUR = 0xf0;
  private static final int LAST_OF_FOUR = 0xf4;

  private Utf8() {}

  static boolean isValid(Slice text) {
    int at = text.from();
    while (at < text.to()) {
      int length = text.bytes()[at] >= 0 ? 1 : sequence(text.bytes(), at, text.to());
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** The length of the sequence that begins here; 0 if it is none. */
  private static int sequence(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    int length = first < FIRST_OF_THREE ? 2 : first < FIRST_OF_FOUR ? 3 : 4;
    if (first < FIRST_OF_TWO || first > LAST_OF_FOUR || at + length > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int least = first == FIRST_OF_THREE ? 0xa0 : first == FIRST_OF_FOUR ? 0x90 : 0x80;
    int most = first == SURROGATES ? 0x9f : first == LAST_OF_FOUR ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
