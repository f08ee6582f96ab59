package dev.millrace.function.bigquery;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and values as GoogleSQL spells them, whatever is in them. */
final class SqlText {
  private SqlText() {}

  /** A quoted identifier; several are joined by points. */
  static String name(String... parts) {
    return Stream.of(parts).map(SqlText::escaped).collect(Collectors.joining(".", "`", "`"));
  }

  /** A string literal. */
  static String value(String text) {
    return '\'' + escaped(text) + '\'';
  }

  /** Identifiers and strings have the same escapes. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '\'', '`', '"' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < ' ' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
      }
    }
    return out.toString();
  }
}
