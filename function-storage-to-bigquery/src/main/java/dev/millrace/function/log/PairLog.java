package dev.millrace.function.log;

import java.util.Map;

/**
 * Writes {@code key="value"} pairs to the log. Values can't break their line: what isn't printable
 * is escaped.
 */
record PairLog(System.Logger log) implements OutcomeLog {
  @Override
  public void write(LogLine line) {
    log.log(line.level(), pairs(line));
  }

  static String pairs(LogLine line) {
    StringBuilder pairs = new StringBuilder();
    for (Map.Entry<String, Object> field : line.fields().entrySet()) {
      pairs.append(pairs.isEmpty() ? "" : " ").append(field.getKey()).append('=');
      if (field.getValue() instanceof String text) {
        pairs.append('"');
        text.codePoints().forEach(character -> append(pairs, character));
        pairs.append('"');
      } else {
        pairs.append(field.getValue());
      }
    }
    return pairs.toString();
  }

  private static void append(StringBuilder pairs, int character) {
    if (character == '"' || character == '\\') {
      pairs.append('\\').append((char) character);
    } else if (Character.isISOControl(character)) {
      pairs.append(String.format("\\u%04x", character));
    } else {
      pairs.appendCodePoint(character);
    }
  }
}
