package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.privacy.PrivatePlace;

/** A key of the objects of one shape, and where its values go. */
final class Field {
  /** What a key of the event's own object means besides. */
  enum Role {
    NONE,
    MESSAGE_ID,
    /** A system column's name that must not reach the row, where system keys are trusted. */
    SKIPPED
  }

  final Role role;
  final ObjectShape shape;

  /** The key as the client means it, escapes decoded. */
  final String key;

  /** The key as it was first spelled, quotes included. */
  final byte[] spelled;

  /** The key's normalised form: one part of the path. */
  final String part;

  /** Where scalars go, and containers that are kept whole. */
  final ColumnSlot column;

  /** What privacy rules say of the key's values. */
  final PrivatePlace place;

  /** The key that followed this one the last time. */
  Field next;

  /** The object that had the key last: a second time is a repetition. */
  long seenInObject;

  private ObjectShape object;
  private ListShape list;

  Field(
      ObjectShape shape,
      String key,
      byte[] spelled,
      String part,
      ColumnSlot column,
      PrivatePlace place,
      Role role) {
    this.shape = shape;
    this.key = key;
    this.spelled = spelled;
    this.part = part;
    this.column = column;
    this.place = place;
    this.role = role;
  }

  /** The shape of this key's objects. */
  ObjectShape object(Shapes shapes) {
    if (object == null) {
      object = shape.object(key, part, place, shapes.seed());
    }
    return object;
  }

  /** The shape of this key's lists. */
  ListShape list(Shapes shapes) {
    if (list == null || shapes.isOutdated(list.table())) {
      list = shapes.list(shape, this);
    }
    return list;
  }
}
