package dev.millrace.normalizer;

import dev.millrace.normalizer.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The top-level fields of an event that say whose it is, or which. The {@code previousId} of an
 * alias call is a user id or an anonymous one, so it counts as either.
 */
public enum IdField {
  USER_ID("user_id", "previous_id"),
  ANONYMOUS_ID("anonymous_id", "previous_id"),
  MESSAGE_ID("message_id");

  private static final byte[] VARIANT = "__v_".getBytes(StandardCharsets.US_ASCII);

  private final String word;
  private final List<byte[]> names;

  IdField(String... names) {
    this.word = names[0];
    this.names =
        Arrays.stream(names)
            .map(name -> name.replace("_", "").getBytes(StandardCharsets.US_ASCII))
            .toList();
  }

  /** The field as logs and answers spell it: the name of its own column. */
  public String word() {
    return word;
  }

  /** The field that is spelled so by {@link #word}. */
  public static IdField of(String word) {
    for (IdField field : values()) {
      if (field.word.equals(word)) {
        return field;
      }
    }
    throw new IllegalArgumentException("no field of ids: " + word);
  }

  /**
   * Whether a key, or a column, is this field: by its letters, whatever their case and whatever
   * single underscores stand between them. A column's variants are the field too.
   */
  public boolean isNamed(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return isNamed(bytes, 0, bytes.length);
  }

  private boolean isNamed(byte[] name, int from, int to) {
    for (byte[] letters : names) {
      if (isSpelled(letters, name, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a key in JSON, between its quotes, is this field. */
  boolean isKey(byte[] json, int from, int to, boolean escaped) {
    return escaped ? isNamed(JsonText.decode(json, from, to)) : isNamed(json, from, to);
  }

  private static boolean isSpelled(byte[] letters, byte[] name, int from, int to) {
    int found = 0;
    int i = from;
    while (i < to && found < letters.length) {
      byte b = name[i++];
      if (b == '_') {
        // Two of them part a nested key from what it is in.
        if (i < to && name[i] == '_') {
          return false;
        }
        continue;
      }
      // Of ASCII letters, bit 5 is the case.
      if ((b | 0x20) != letters[found]) {
        return false;
      }
      found++;
    }
    return found == letters.length && (i == to || isVariant(name, i, to));
  }

  private static boolean isVariant(byte[] name, int from, int to) {
    for (int k = 0; k < VARIANT.length; k++) {
      if (from + k >= to || name[from + k] != VARIANT[k]) {
        return false;
      }
    }
    return true;
  }
}
