package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.Brackets;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import java.util.Arrays;

/** Finds a key of an object ahead of the pass that reads it, passing over what is in between. */
final class TopLevelKeys {
  private int from;
  private int to;

  /** Where the value that was found starts. */
  int from() {
    return from;
  }

  /** Where it ends; of a container, only its first byte is meant. */
  int to() {
    return to;
  }

  /**
   * Finds the first value of a key.
   *
   * @param start the object's brace
   * @param spelled the key in its plain spelling, with quotes
   * @return whether it is there
   */
  boolean find(JsonBytes json, int start, byte[] spelled)
      throws BadValueException, IncompleteException {
    byte[] bytes = json.bytes();
    int i = json.skipSpaceTo(start + 1);
    while (bytes[i] != '}') {
      int keyEnd = json.key(i) + 1;
      boolean found =
          json.escaped()
              ? JsonText.decode(bytes, i + 1, keyEnd - 1)
                  .equals(JsonText.decode(spelled, 1, spelled.length - 1))
              : Arrays.equals(bytes, i, keyEnd, spelled, 0, spelled.length);
      int value = json.colon(keyEnd);
      boolean container = bytes[value] == '{' || bytes[value] == '[';
      if (found && container) {
        from = value;
        to = value + 1;
        return true;
      }
      int end = container ? Brackets.behind(json, value) : json.scalar(value);
      if (found) {
        from = value;
        to = end;
        return true;
      }
      i = json.separator(end, '}');
    }
    return false;
  }
}
