package dev.millrace.normalizer.json;

import java.nio.charset.StandardCharsets;

/** The text of JSON strings, as departure M16 has it: NUL removed, lone surrogates U+FFFD. */
public final class JsonText {
  private JsonText() {}

  /**
   * The text of a string that was read and found good.
   *
   * @param from behind the opening quote
   * @param to the closing quote
   */
  public static String decode(byte[] bytes, int from, int to) {
    int backslash = from;
    while (backslash < to && bytes[backslash] != '\\') {
      backslash++;
    }
    if (backslash == to) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int run = i;
      while (run < to && bytes[run] != '\\') {
        run++;
      }
      text.append(new String(bytes, i, run - i, StandardCharsets.UTF_8));
      i = run;
      if (i < to) {
        char c = unescaped(bytes, i);
        i += bytes[i + 1] == 'u' ? 6 : 2;
        if (Character.isHighSurrogate(c)
            && i + 6 <= to
            && bytes[i] == '\\'
            && bytes[i + 1] == 'u'
            && Character.isLowSurrogate(unescaped(bytes, i))) {
          text.append(c).append(unescaped(bytes, i));
          i += 6;
        } else if (Character.isSurrogate(c)) {
          text.append('\ufffd');
        } else if (c != 0) {
          text.append(c);
        }
      }
    }
    return text.toString();
  }

  /** Whether a string with escapes can be copied as it stands: no NUL and no surrogate in it. */
  public static boolean isCopyable(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        if (bytes[i + 1] == 'u') {
          char c = unescaped(bytes, i);
          if (c == 0 || Character.isSurrogate(c)) {
            return false;
          }
        }
        i++;
      }
    }
    return true;
  }

  /** The character that the escape at {@code i} stands for. */
  private static char unescaped(byte[] bytes, int i) {
    return switch (bytes[i + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int value = 0;
        for (int k = i + 2; k < i + 6; k++) {
          value = value << 4 | Character.digit(bytes[k], 16);
        }
        yield (char) value;
      }
      default -> (char) bytes[i + 1];
    };
  }
}
