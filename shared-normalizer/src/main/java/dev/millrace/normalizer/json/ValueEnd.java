package dev.millrace.normalizer.json;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds where a JSON value ends, piece by piece, in memory that does not grow with the value: for
 * values that are not to be read, such as one over the size limit. Checks the structure, not the
 * characters of strings.
 */
public final class ValueEnd {
  /** Deeper than this is no document but an attack. */
  private static final int MAX_DEPTH = 1 << 20;

  private enum State {
    VALUE,
    FIRST_ELEMENT,
    FIRST_KEY,
    KEY,
    COLON,
    AFTER_VALUE,
    STRING,
    ESCAPE,
    HEX,
    NUMBER,
    LITERAL
  }

  private final BitSet isObject = new BitSet();
  private int[] openings = new int[16];
  private int depth;
  private State state = State.VALUE;
  private boolean stringIsKey;
  private int hexDigits;
  private String literal = "";
  private int literalAt;

  /**
   * Goes on over the next bytes.
   *
   * @return the index behind the value, or -1 where it has not ended
   */
  public int next(byte[] bytes, int from, int to) throws BadValueException {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      switch (state) {
        case STRING -> {
          if (b == '"') {
            state = stringIsKey ? State.COLON : State.AFTER_VALUE;
          } else if (b == '\\') {
            state = State.ESCAPE;
          } else if (b >= 0 && b < ' ') {
            throw JsonBytes.malformed(i, "a control character in a string; it must be escaped");
          }
        }
        case ESCAPE -> {
          hexDigits = b == 'u' ? 4 : 0;
          if (hexDigits == 0 && "\"\\/bfnrt".indexOf(b) < 0) {
            throw JsonBytes.malformed(i, "an escape that JSON does not know");
          }
          state = hexDigits > 0 ? State.HEX : State.STRING;
        }
        case HEX -> {
          if (Character.digit(b, 16) < 0) {
            throw JsonBytes.malformed(i, "\\u is followed by something else than four hex digits");
          }
          if (--hexDigits == 0) {
            state = State.STRING;
          }
        }
        case LITERAL -> {
          if (b != literal.charAt(literalAt)) {
            throw JsonBytes.malformed(i, literal + " was expected");
          }
          if (++literalAt == literal.length()) {
            state = State.AFTER_VALUE;
          }
        }
        case NUMBER -> {
          if ((b < '0' || b > '9') && ".eE+-".indexOf(b) < 0) {
            state = State.AFTER_VALUE;
            if (depth == 0) {
              return i;
            }
            structure(b, i);
          }
        }
        default -> structure(b, i);
      }
      if (depth == 0 && state == State.AFTER_VALUE) {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * The indexes of the brackets that have not been closed, the outermost first; after one call of
   * {@link #next}, for a second may be about other bytes.
   */
  public int[] openings() {
    return Arrays.copyOf(openings, depth);
  }

  /** Whether the value ends where the bytes end: only a bare number may. */
  public boolean endsHere() {
    return depth == 0 && state == State.NUMBER;
  }

  private void structure(byte b, int i) throws BadValueException {
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      return;
    }
    switch (state) {
      case FIRST_KEY, KEY -> {
        if (b == '}' && state == State.FIRST_KEY) {
          close();
        } else if (b == '"') {
          startString(true);
        } else {
          throw JsonBytes.malformed(i, "a key in quotes was expected");
        }
      }
      case COLON -> {
        if (b != ':') {
          throw JsonBytes.malformed(i, "a colon was expected");
        }
        state = State.VALUE;
      }
      case AFTER_VALUE -> {
        if (b == ',') {
          state = isObject.get(depth) ? State.KEY : State.VALUE;
        } else if (b == (isObject.get(depth) ? '}' : ']')) {
          close();
        } else {
          throw JsonBytes.malformed(i, "a comma or the container's end was expected");
        }
      }
      case FIRST_ELEMENT -> {
        if (b == ']') {
          close();
        } else {
          startValue(b, i);
        }
      }
      default -> startValue(b, i);
    }
  }

  private void startValue(byte b, int i) throws BadValueException {
    switch (b) {
      case '{', '[' -> {
        if (++depth > MAX_DEPTH) {
          throw JsonBytes.malformed(i, "nested deeper than " + MAX_DEPTH + " levels");
        }
        isObject.set(depth, b == '{');
        if (depth > openings.length) {
          openings = Arrays.copyOf(openings, 2 * depth);
        }
        openings[depth - 1] = i;
        state = b == '{' ? State.FIRST_KEY : State.FIRST_ELEMENT;
      }
      case '"' -> startString(false);
      case 't' -> startLiteral("true");
      case 'f' -> startLiteral("false");
      case 'n' -> startLiteral("null");
      default -> {
        if (b != '-' && (b < '0' || b > '9')) {
          throw JsonBytes.malformed(i, "no JSON value starts like this");
        }
        state = State.NUMBER;
      }
    }
  }

  private void startString(boolean key) {
    stringIsKey = key;
    state = State.STRING;
  }

  private void startLiteral(String word) {
    literal = word;
    literalAt = 1;
    state = State.LITERAL;
  }

  private void close() {
    depth--;
    state = State.AFTER_VALUE;
  }
}
