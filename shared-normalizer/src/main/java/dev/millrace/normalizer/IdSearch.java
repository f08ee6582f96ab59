package dev.millrace.normalizer;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.Brackets;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Looks for certain ids in events: at the top level of those that can be read, and anywhere in the
 * bytes of those that can't. Used by one thread.
 */
public final class IdSearch {
  private static final IdField[] FIELDS = IdField.values();

  private final ErasedIds wanted;
  private final JsonBytes raw = new JsonBytes();

  public IdSearch(ErasedIds wanted) {
    this.wanted = Objects.requireNonNull(wanted, "wanted");
  }

  /**
   * The field by which the event whose brace is at {@code start} is one of those, or null. A key
   * that is there twice is looked at twice.
   *
   * @throws BadValueException if the event is no good JSON as far as it was read
   */
  IdField inEvent(JsonBytes json, int start) throws BadValueException, IncompleteException {
    byte[] bytes = json.bytes();
    int i = json.skipSpaceTo(start + 1);
    while (bytes[i] != '}') {
      int keyEnd = json.key(i);
      boolean escaped = json.escaped();
      int value = json.colon(keyEnd + 1);
      int end = end(json, value);
      for (IdField field : FIELDS) {
        if (field.isKey(bytes, i + 1, keyEnd, escaped) && isWanted(field, bytes, value, end)) {
          return field;
        }
      }
      i = json.separator(end, '}');
    }
    return null;
  }

  private static int end(JsonBytes json, int value) throws BadValueException, IncompleteException {
    byte first = json.bytes()[value];
    boolean container = first == '{' || first == '[';
    return container ? Brackets.behind(json, value) : json.scalar(value);
  }

  /**
   * The field by which bytes that were kept of an event are one of those, or null. Where they are
   * no whole event, a key counts wherever it stands: rather too much is forgotten than too little.
   */
  public IdField inBytes(byte[] kept) {
    raw.reset(kept, kept.length);
    int start = raw.skipSpace(0);
    try {
      if (start < kept.length && kept[start] == '{') {
        return inEvent(raw, start);
      }
    } catch (BadValueException | IncompleteException e) {
      return anywhere(kept);
    }
    return anywhere(kept);
  }

  /**
   * Whether bytes that were kept can be read as an event from its first key to its last, so that an
   * id that {@link #inBytes} finds in them is the event's own, and not one of something inside it.
   */
  public boolean isEvent(byte[] kept) {
    raw.reset(kept, kept.length);
    int start = raw.skipSpace(0);
    try {
      return start < kept.length
          && kept[start] == '{'
          && new IdSearch(ErasedIds.NONE).inEvent(raw, start) == null;
    } catch (BadValueException | IncompleteException e) {
      return false;
    }
  }

  private IdField anywhere(byte[] kept) {
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] == '"') {
        IdField found = atKey(i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private IdField atKey(int quote) {
    try {
      int keyEnd = raw.string(quote);
      boolean escaped = raw.escaped();
      for (IdField field : FIELDS) {
        if (field.isKey(raw.bytes(), quote + 1, keyEnd, escaped)) {
          int value = raw.colon(keyEnd + 1);
          if (isWanted(field, raw.bytes(), value, raw.scalar(value))) {
            return field;
          }
        }
      }
      return null;
    } catch (BadValueException | IncompleteException e) {
      return null;
    }
  }

  private boolean isWanted(IdField field, byte[] bytes, int from, int to) {
    byte first = bytes[from];
    if (first == '"') {
      return wanted.contains(field, JsonText.decode(bytes, from + 1, to - 1));
    }
    if (first == '-' || (first >= '0' && first <= '9')) {
      return isWanted(field, new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }
    return false;
  }

  private boolean isWanted(IdField field, String number) {
    // Row ids are made of a message id as it is written.
    return field == IdField.MESSAGE_ID && wanted.contains(field, number)
        || IdNumber.spellings(number).stream().anyMatch(each -> wanted.contains(field, each));
  }
}
