package dev.millrace.normalizer.json;

import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.privacy.PrivatePlace;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Copies a container as a json column keeps it: without white space, strings by M16, and a number
 * that neither 64 bits nor a double hold as a string.
 */
public final class CompactJson {
  /** So many digits survive a double. */
  private static final int SAFE_LENGTH = 15;

  private final JsonBytes json;
  private final PrivacyRules privacy;

  public CompactJson(JsonBytes json, PrivacyRules privacy) {
    this.json = json;
    this.privacy = privacy;
  }

  /**
   * Copies the value at {@code i}.
   *
   * @param depth of the value, the event itself having 0
   * @param place of the value, whose privacy rules are applied
   * @return the index behind it
   */
  public int copy(int i, ByteBuilder out, int depth, PrivatePlace place)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    return copy(i, out, depth, place, 0);
  }

  /**
   * @param keysAround how many keys are kept in mind for the objects around the value
   */
  private int copy(int i, ByteBuilder out, int depth, PrivatePlace place, int keysAround)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    if (depth >= Depth.MAX) {
      throw Depth.exceeded(i);
    }
    byte first = json.at(i);
    if (place.action() != null && first != '{' && first != '[' && first != 'n') {
      return replaced(i, out, place.action());
    }
    switch (first) {
      case '{' -> {
        return object(i, out, depth, place, keysAround);
      }
      case '[' -> {
        return array(i, out, depth, place, keysAround);
      }
      case '"' -> {
        return string(i, out) + 1;
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        int end = json.number(i);
        if (end - i <= SAFE_LENGTH && isPlain(json.bytes(), i, end)) {
          out.append(json.bytes(), i, end - i);
        } else {
          String text = new String(json.bytes(), i, end - i, StandardCharsets.US_ASCII);
          out.append(
              dev.millrace.normalizer.types.JsonText.numberForColumn(text)
                  .getBytes(StandardCharsets.US_ASCII));
        }
        return end;
      }
      default -> {
        int end = json.literal(i);
        out.append(json.bytes(), i, end - i);
        return end;
      }
    }
  }

  private int replaced(int i, ByteBuilder out, PrivacyAction action)
      throws BadValueException, IncompleteException {
    int end = json.scalar(i);
    boolean isString = json.bytes()[i] == '"';
    String text = JsonText.decode(json.bytes(), isString ? i + 1 : i, isString ? end - 1 : end);
    out.appendQuoted(privacy.replaced(action, text));
    return end;
  }

  private int object(int start, ByteBuilder out, int depth, PrivatePlace place, int keysAround)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    out.append('{');
    Set<String> keys = new HashSet<>();
    int empty = out.length();
    int i = json.skipSpaceTo(start + 1);
    while (json.at(i) != '}') {
      int before = out.length();
      if (before > empty) {
        out.append(',');
      }
      int keyEnd = json.key(i);
      String key = JsonText.decode(json.bytes(), i + 1, keyEnd);
      if (!keys.add(key)) {
        throw RepeatedKeyException.INSTANCE;
      }
      int keysSoFar = keysAround + keys.size();
      KeyLimit.check(keysSoFar, i);
      string(i, out);
      out.append(':');
      PrivatePlace below = place.key(key);
      i = json.separator(copy(json.colon(keyEnd + 1), out, depth + 1, below, keysSoFar), '}');
      if (below.action() == PrivacyAction.DROP) {
        out.truncate(before);
      }
    }
    out.append('}');
    return i + 1;
  }

  private int array(int start, ByteBuilder out, int depth, PrivatePlace place, int keysAround)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    out.append('[');
    int i = json.skipSpaceTo(start + 1);
    PrivatePlace below = place.element();
    int empty = out.length();
    while (json.at(i) != ']') {
      int before = out.length();
      if (before > empty) {
        out.append(',');
      }
      i = json.separator(copy(i, out, depth + 1, below, keysAround), ']');
      if (below.action() == PrivacyAction.DROP) {
        out.truncate(before);
      }
    }
    out.append(']');
    return i + 1;
  }

  private int string(int i, ByteBuilder out) throws BadValueException, IncompleteException {
    int end = json.string(i);
    if (json.escaped() && !JsonText.isCopyable(json.bytes(), i + 1, end)) {
      out.appendQuoted(JsonText.decode(json.bytes(), i + 1, end));
    } else {
      out.append(json.bytes(), i, end + 1 - i);
    }
    return end;
  }

  /** Whether there is no exponent. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 'e' || bytes[i] == 'E') {
        return false;
      }
    }
    return true;
  }
}
