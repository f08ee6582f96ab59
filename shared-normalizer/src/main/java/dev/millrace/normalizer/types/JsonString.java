package dev.millrace.normalizer.types;

/** JSON strings in the one spelling that dlt's encoder has. */
final class JsonString {
  private static final String HEX = "0123456789abcdef";
  private static final char REPLACEMENT = '\uFFFD';

  private JsonString() {}

  static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    append(json, text);
    return json.toString();
  }

  /** Escapes what must be; leaves NUL out and replaces lone surrogates (departure M16). */
  static void append(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case 0 -> {}
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (character < 0x20) {
            json.append("\\u00")
                .append(HEX.charAt(character >> 4))
                .append(HEX.charAt(character & 15));
          } else {
            json.append(isLoneSurrogate(text, i) ? REPLACEMENT : character);
          }
        }
      }
    }
    json.append('"');
  }

  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLoneSurrogate(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char character = text.charAt(at);
    if (Character.isHighSurrogate(character)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(character)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
