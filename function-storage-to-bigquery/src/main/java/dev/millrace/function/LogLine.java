package dev.millrace.function;

/**
 * One line of {@code key="value"} pairs. Values can't break it: what isn't printable is escaped.
 */
final class LogLine {
  private final StringBuilder line;

  LogLine(String outcome) {
    line = new StringBuilder("outcome=").append(outcome);
  }

  /** Adds a pair; an empty or null value adds nothing. */
  LogLine with(String key, String value) {
    if (value != null && !value.isEmpty()) {
      line.append(' ').append(key).append("=\"");
      value.codePoints().forEach(this::append);
      line.append('"');
    }
    return this;
  }

  private void append(int character) {
    if (character == '"' || character == '\\') {
      line.append('\\').append((char) character);
    } else if (Character.isISOControl(character)) {
      line.append(String.format("\\u%04x", character));
    } else {
      line.appendCodePoint(character);
    }
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
