package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The objects of one place: in one table, under one path. Knows the keys that were seen there by
 * their bytes, so that a name is normalised once and not per event.
 */
final class ObjectShape {
  final TableSlot table;

  /** The path inside the row, normalised and not shortened; empty for the row's own object. */
  final String path;

  /** The same of raw keys. */
  final String rawPath;

  final RowShape row;

  /** The key that came first the last time. */
  Field first;

  private final Map<String, Field> byKey = new HashMap<>();
  private final Spellings<Field> bySpelling;

  ObjectShape(TableSlot table, String path, String rawPath, RowShape row, long seed) {
    this.table = table;
    this.path = path;
    this.rawPath = rawPath;
    this.row = row;
    this.bySpelling = new Spellings<>(seed);
  }

  /** Whether this is the shape of events themselves. */
  boolean isEvent() {
    return path.isEmpty() && table.parent == null;
  }

  String under(String part) {
    return path.isEmpty() ? part : path + "__" + part;
  }

  String rawUnder(String key) {
    return path.isEmpty() ? key : rawPath + "__" + key;
  }

  /**
   * The field of a key.
   *
   * @param from the opening quote
   * @param to behind the closing quote
   */
  Field field(byte[] bytes, int from, int to, TableSlots tables) {
    Field field = bySpelling.get(bytes, from, to);
    if (field == null) {
      byte[] spelled = Arrays.copyOfRange(bytes, from, to);
      String key = JsonText.decode(bytes, from + 1, to - 1);
      field = byKey.computeIfAbsent(key, each -> tables.field(this, each, spelled));
      bySpelling.put(spelled, field);
    }
    return field;
  }

  /** The field of a key that no event spells: {@code value} and {@code list} of list elements. */
  Field field(String key, TableSlots tables) {
    Field field = byKey.get(key);
    return field != null
        ? field
        : byKey.computeIfAbsent(
            key,
            each -> tables.field(this, each, ('"' + each + '"').getBytes(StandardCharsets.UTF_8)));
  }
}
