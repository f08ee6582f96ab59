package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.Spellings;
import dev.millrace.normalizer.privacy.PrivatePlace;
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

  /** What privacy rules say of the object. */
  final PrivatePlace place;

  /** The key that came first the last time. */
  Field first;

  private Field elementValue;
  private Field elementList;
  private final Map<String, Field> byKey = new HashMap<>();
  private final Spellings<Field> bySpelling;

  ObjectShape(
      TableSlot table, String path, String rawPath, RowShape row, PrivatePlace place, long seed) {
    this.table = table;
    this.path = path;
    this.rawPath = rawPath;
    this.row = row;
    this.place = place;
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

  /** Where list elements go that are no objects and no lists: the column {@code value}. */
  Field elementValue(TableSlots tables) {
    if (elementValue == null) {
      elementValue = tables.elementField(this, "value");
    }
    return elementValue;
  }

  /** Where list elements go that are lists: dlt reads them as an object with a key {@code list}. */
  Field elementList(TableSlots tables) {
    if (elementList == null) {
      elementList = tables.elementField(this, "list");
    }
    return elementList;
  }
}
