package dev.millrace.normalizer.json;

import dev.millrace.normalizer.BadReason;

/**
 * Reads JSON tokens out of bytes, strictly by RFC 8259, without making objects of them. A window
 * onto a buffer: what is called with an index returns an index.
 */
public final class JsonBytes {
  private byte[] bytes = new byte[0];
  private int limit;
  private boolean escaped;
  private boolean nonAscii;
  private boolean fraction;

  /** From now on reads {@code bytes} up to {@code limit}. */
  public void reset(byte[] newBytes, int newLimit) {
    bytes = newBytes;
    limit = newLimit;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int limit() {
    return limit;
  }

  /** Whether the string that was read last has an escape. */
  public boolean escaped() {
    return escaped;
  }

  /** Whether the number that was read last has a fraction or an exponent. */
  public boolean fraction() {
    return fraction;
  }

  /** The byte at {@code i}. */
  public byte at(int i) throws IncompleteException {
    if (i >= limit) {
      throw IncompleteException.INSTANCE;
    }
    return bytes[i];
  }

  /** The first index from {@code i} on that holds no white space; may be the limit. */
  public int skipSpace(int i) {
    while (i < limit) {
      byte b = bytes[i];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return i;
      }
      i++;
    }
    return i;
  }

  /** Skips white space and demands that something follows. */
  public int skipSpaceTo(int i) throws IncompleteException {
    if (i < limit && bytes[i] > ' ') {
      return i;
    }
    int next = skipSpace(i);
    if (next >= limit) {
      throw IncompleteException.INSTANCE;
    }
    return next;
  }

  /**
   * Reads a string whose opening quote is at {@code i}.
   *
   * @return the index of its closing quote
   */
  public int string(int i) throws BadValueException, IncompleteException {
    escaped = false;
    nonAscii = false;
    int from = i + 1;
    int end = plainRun(from);
    while (bytes[end] != '"') {
      if (bytes[end] != '\\') {
        throw malformed(end, "a control character in a string; it must be escaped");
      }
      escaped = true;
      end = plainRun(escape(end));
    }
    if (nonAscii) {
      int invalid = Utf8.firstInvalid(bytes, from, end);
      if (invalid >= 0) {
        throw new BadValueException(BadReason.INVALID_UTF8, invalid, "bytes that are not UTF-8");
      }
    }
    return end;
  }

  /** The index of the first quote, backslash or control character. */
  private int plainRun(int i) throws IncompleteException {
    long high = 0;
    while (i + 8 <= limit) {
      long word = (long) Words.LONG.get(bytes, i);
      long ends = Words.stringEnds(word);
      if (ends == 0) {
        high |= word;
        i += 8;
        continue;
      }
      int bits = Long.numberOfTrailingZeros(ends) & ~7;
      if (bits > 0) {
        high |= word << (64 - bits);
      }
      nonAscii |= (high & Words.HIGH) != 0;
      return i + (bits >>> 3);
    }
    while (i < limit) {
      byte b = bytes[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        nonAscii |= (high & Words.HIGH) != 0;
        return i;
      }
      nonAscii |= b < 0;
      i++;
    }
    throw IncompleteException.INSTANCE;
  }

  /** Checks the escape at {@code i} and returns the index behind it. */
  private int escape(int i) throws BadValueException, IncompleteException {
    switch (at(i + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 2;
      }
      case 'u' -> {
        for (int k = i + 2; k < i + 6; k++) {
          if (Character.digit(at(k), 16) < 0) {
            throw malformed(k, "\\u is followed by something else than four hex digits");
          }
        }
        return i + 6;
      }
      default -> throw malformed(i + 1, "an escape that JSON does not know");
    }
  }

  /**
   * Reads a number that starts at {@code i} with a digit or a minus.
   *
   * @return the index behind it
   */
  public int number(int i) throws BadValueException, IncompleteException {
    fraction = false;
    if (bytes[i] == '-') {
      i++;
    }
    byte first = at(i);
    if (first == '0') {
      i++;
      if (i < limit && isDigit(bytes[i])) {
        throw malformed(i, "a number with a leading zero");
      }
    } else {
      i = digits(i);
    }
    if (i < limit && bytes[i] == '.') {
      fraction = true;
      i = digits(i + 1);
    }
    if (i < limit && (bytes[i] == 'e' || bytes[i] == 'E')) {
      fraction = true;
      byte sign = at(i + 1);
      i = digits(sign == '+' || sign == '-' ? i + 2 : i + 1);
    }
    return i;
  }

  private int digits(int i) throws BadValueException, IncompleteException {
    if (!isDigit(at(i))) {
      throw malformed(i, "a digit was expected");
    }
    do {
      i++;
    } while (i < limit && isDigit(bytes[i]));
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * Reads {@code true}, {@code false} or {@code null} at {@code i}, whichever starts with that
   * byte.
   *
   * @return the index behind it
   */
  public int literal(int i) throws BadValueException, IncompleteException {
    String word =
        switch (bytes[i]) {
          case 't' -> "true";
          case 'f' -> "false";
          case 'n' -> "null";
          default -> throw malformed(i, "no JSON value starts like this");
        };
    for (int k = 1; k < word.length(); k++) {
      if (at(i + k) != word.charAt(k)) {
        throw malformed(i + k, word + " was expected");
      }
    }
    return i + word.length();
  }

  /**
   * Reads a string, number or literal at {@code i}.
   *
   * @return the index behind it
   */
  public int scalar(int i) throws BadValueException, IncompleteException {
    return switch (at(i)) {
      case '"' -> string(i) + 1;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(i);
      default -> literal(i);
    };
  }

  /**
   * Reads a key whose opening quote should be at {@code i}.
   *
   * @return the index of its closing quote
   */
  public int key(int i) throws BadValueException, IncompleteException {
    if (at(i) != '"') {
      throw malformed(i, "a key in quotes was expected");
    }
    return string(i);
  }

  /** Reads the colon behind a key, and returns where the value starts. */
  public int colon(int i) throws BadValueException, IncompleteException {
    int at = skipSpaceTo(i);
    if (bytes[at] != ':') {
      throw malformed(at, "a colon was expected");
    }
    return skipSpaceTo(at + 1);
  }

  /**
   * Reads what follows a member or an element: a comma, and then something else than the end, or
   * the container's end.
   *
   * @return where the next one starts, or the index of {@code end}
   */
  public int separator(int i, char end) throws BadValueException, IncompleteException {
    int at = skipSpaceTo(i);
    if (bytes[at] == end) {
      return at;
    }
    if (bytes[at] != ',') {
      throw malformed(at, "a comma or " + end + " was expected");
    }
    int next = skipSpaceTo(at + 1);
    if (bytes[next] == end) {
      throw malformed(next, "a comma before " + end);
    }
    return next;
  }

  /** The first newline at or behind {@code i}, or -1. */
  public int newline(int i) {
    while (i + 8 <= limit) {
      long found = Words.newlines((long) Words.LONG.get(bytes, i));
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += 8;
    }
    for (; i < limit; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** What to throw where the bytes are no JSON. */
  public static BadValueException malformed(int position, String detail) {
    return new BadValueException(BadReason.MALFORMED, position, detail);
  }
}
