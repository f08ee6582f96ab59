package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.Spellings;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.privacy.PrivatePlace;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The objects of one place: in one table, under one path. Knows the keys that were seen there by
 * their bytes, so that a name is normalised once and not per event.
 */
final class ObjectShape {
  final TableSlot table;

  /** The shape of the object around this one; null for the row's own object. */
  private final ObjectShape parent;

  /** The key of this object, normalised and not shortened; null for the row's own object. */
  private final String part;

  /** The raw keys down to here, inside the row; null for the row's own object. */
  private final RawPath rawPath;

  /** The same from the event's name on. */
  private final RawPath tablePath;

  final RowShape row;

  /** What privacy rules say of the object. */
  final PrivatePlace place;

  /** The key that came first the last time. */
  Field first;

  private Field elementValue;
  private Field elementList;
  private final Map<String, Field> byKey = new HashMap<>();
  private final Spellings<Field> bySpelling;

  /** The shape of a row's own object. */
  ObjectShape(TableSlot table, RowShape row, PrivatePlace place, long seed) {
    this(table, null, null, null, row.rawPath(), row, place, seed);
  }

  private ObjectShape(
      TableSlot table,
      ObjectShape parent,
      String part,
      RawPath rawPath,
      RawPath tablePath,
      RowShape row,
      PrivatePlace place,
      long seed) {
    this.table = table;
    this.parent = parent;
    this.part = part;
    this.rawPath = rawPath;
    this.tablePath = tablePath;
    this.row = row;
    this.place = place;
    this.bySpelling = new Spellings<>(seed);
  }

  /** Whether this is the shape of events themselves. */
  boolean isEvent() {
    return parent == null && table.parent == null;
  }

  /** The shape of the objects of a key of this one's. */
  ObjectShape object(String key, String keyPart, PrivatePlace keyPlace, long seed) {
    return new ObjectShape(table, this, keyPart, rawUnder(key), rawPath(key), row, keyPlace, seed);
  }

  /**
   * The path of a key inside the row, normalised and not shortened. Put together at each call:
   * kept, the paths of one event's objects could be many times as long as the event.
   */
  String under(String keyPart) {
    if (parent == null) {
      return keyPart;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (ObjectShape shape = this; shape.parent != null; shape = shape.parent) {
      parts.push(shape.part);
    }
    parts.add(keyPart);
    return String.join("__", parts);
  }

  /** The raw keys down to {@code key}, inside the row. */
  RawPath rawUnder(String key) {
    return rawPath == null ? RawPath.of(key) : rawPath.under(key);
  }

  /** The event's name and the raw keys down to {@code key}. */
  RawPath rawPath(String key) {
    return tablePath.under(key);
  }

  /**
   * The field of a key.
   *
   * @param from the opening quote
   * @param to behind the closing quote
   */
  Field field(byte[] bytes, int from, int to, Shapes shapes) {
    Field field = bySpelling.get(bytes, from, to);
    if (field == null) {
      byte[] spelled = Arrays.copyOfRange(bytes, from, to);
      String key = JsonText.decode(bytes, from + 1, to - 1);
      field = byKey.computeIfAbsent(key, each -> shapes.field(this, each, spelled));
      bySpelling.put(spelled, field);
    }
    return field;
  }

  /** Where list elements go that are no objects and no lists: the column {@code value}. */
  Field elementValue(Shapes shapes) {
    if (elementValue == null) {
      elementValue = shapes.elementField(this, "value");
    }
    return elementValue;
  }

  /** Where list elements go that are lists: dlt reads them as an object with a key {@code list}. */
  Field elementList(Shapes shapes) {
    if (elementList == null) {
      elementList = shapes.elementField(this, "list");
    }
    return elementList;
  }
}
