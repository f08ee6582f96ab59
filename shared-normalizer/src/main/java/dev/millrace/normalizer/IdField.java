package dev.millrace.normalizer;

import dev.millrace.normalizer.json.JsonText;
import java.nio.charset.StandardCharsets;

/** The top-level fields of an event that say whose it is, or which. */
public enum IdField {
  USER_ID("user_id"),
  ANONYMOUS_ID("anonymous_id"),
  MESSAGE_ID("message_id");

  private static final byte[] VARIANT = "__v_".getBytes(StandardCharsets.US_ASCII);

  private final String word;
  private final byte[] letters;

  IdField(String word) {
    this.word = word;
    this.letters = word.replace("_", "").getBytes(StandardCharsets.US_ASCII);
  }

  /** The field as tables, logs and answers spell it: the name of its column. */
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

  /** The field of a key in JSON, between its quotes; null if it is none of these. */
  static IdField ofKey(byte[] json, int from, int to, boolean escaped) {
    byte[] bytes = json;
    int start = from;
    int end = to;
    if (escaped) {
      bytes = JsonText.decode(json, from, to).getBytes(StandardCharsets.UTF_8);
      start = 0;
      end = bytes.length;
    }
    for (IdField field : values()) {
      if (field.isNamed(bytes, start, end)) {
        return field;
      }
    }
    return null;
  }

  private boolean isNamed(byte[] name, int from, int to) {
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
