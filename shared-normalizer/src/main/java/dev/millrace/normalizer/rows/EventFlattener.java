package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.Depth;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.KeyLimit;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.privacy.PrivacyAction;
import java.util.Arrays;

/**
 * Takes an event apart in one pass over its bytes: objects into columns, lists into child rows. The
 * key that is expected next is the one that followed last time.
 */
final class EventFlattener {
  private final JsonBytes json;
  private final Shapes shapes;
  private final EventRows rows;
  private final Nesting nesting;
  private final Claims claims;
  private final ValueWriter values;
  private long objects;
  private long firstObject;
  private int distinctKeys;
  private int messageIdFrom;
  private int messageIdTo;

  EventFlattener(
      JsonBytes json,
      Shapes shapes,
      EventRows rows,
      Nesting nesting,
      Claims claims,
      ValueWriter values) {
    this.json = json;
    this.shapes = shapes;
    this.rows = rows;
    this.nesting = nesting;
    this.claims = claims;
    this.values = values;
  }

  /**
   * Makes the rows of the event whose brace is at {@code start}.
   *
   * @return the index behind the event
   */
  int event(int start, ObjectShape shape)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    messageIdFrom = -1;
    firstObject = objects + 1;
    distinctKeys = 0;
    Row row = rows.beginRoot(shape.table, json, start);
    row.level = nesting.begin(shape.table);
    int end = object(shape, row, start, row.level, 0);
    rows.end(row);
    return end;
  }

  /** Where the event's {@code messageId} is, with its quotes if it is a string; -1 without one. */
  int messageIdFrom() {
    return messageIdFrom;
  }

  int messageIdTo() {
    return messageIdTo;
  }

  private int object(ObjectShape shape, Row row, int open, int level, int depth)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    if (depth >= Depth.MAX) {
      throw Depth.exceeded(open);
    }
    byte[] bytes = json.bytes();
    int limit = json.limit();
    long object = ++objects;
    Field previous = null;
    Field expected = shape.first;
    int i = json.skipSpaceTo(open + 1);
    while (bytes[i] != '}') {
      Field field;
      int keyEnd;
      if (expected != null && startsWith(bytes, i, limit, expected.spelled)) {
        field = expected;
        keyEnd = i + expected.spelled.length;
      } else {
        keyEnd = json.key(i) + 1;
        field = shape.field(bytes, i, keyEnd, shapes);
        if (previous == null) {
          shape.first = field;
        } else {
          previous.next = field;
        }
      }
      if (field.seenInObject == object) {
        throw RepeatedKeyException.INSTANCE;
      }
      if (field.seenInObject < firstObject) {
        KeyLimit.check(++distinctKeys, i);
      }
      field.seenInObject = object;
      i = json.separator(value(field, row, json.colon(keyEnd), level, depth, object), '}');
      previous = field;
      expected = field.next;
    }
    return i + 1;
  }

  private static boolean startsWith(byte[] bytes, int i, int limit, byte[] expected) {
    int end = i + expected.length;
    return end <= limit && Arrays.equals(bytes, i, end, expected, 0, expected.length);
  }

  private int value(Field field, Row row, int i, int level, int depth, long object)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    byte first = json.at(i);
    PrivacyAction action = field.place.action();
    if (field.role == Field.Role.MESSAGE_ID) {
      noteMessageId(i, first);
    }
    if (field.role == Field.Role.SKIPPED || action == PrivacyAction.DROP) {
      return values.skipped(i, depth + 1);
    }
    if (action != null && first != '{' && first != '[' && first != 'n') {
      return values.replaced(field, row, i, object, action);
    }
    switch (first) {
      case '"' -> {
        return values.string(field, row, i, object);
      }
      case '{' -> {
        if (isKept(field, level)) {
          return values.container(field, row, i, depth + 1, object);
        }
        return object(field.object(shapes), row, i, level - 1, depth + 1);
      }
      case '[' -> {
        return list(field, row, i, level, depth, object);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        return values.number(field, row, i, object);
      }
      default -> {
        return values.literal(field, row, i, object);
      }
    }
  }

  /** An event's identity is made of the messageId as it came, whatever rules make of its column. */
  private void noteMessageId(int i, byte first) throws BadValueException, IncompleteException {
    if (first == '"' || first == '-' || (first >= '0' && first <= '9')) {
      messageIdFrom = i;
      messageIdTo = json.scalar(i);
    }
  }

  private boolean isKept(Field field, int level) {
    return nesting.isUsedUp(level) || field.column.isKeptWhole();
  }

  private int list(Field field, Row row, int open, int level, int depth, long object)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    if (isKept(field, level)) {
      return values.container(field, row, open, depth + 1, object);
    }
    if (depth + 1 >= Depth.MAX) {
      throw Depth.exceeded(open);
    }
    int i = json.skipSpaceTo(open + 1);
    ListShape list = claims.list(field, row, object);
    if (list.table() == null) {
      return values.container(field, row, open, depth + 1, object);
    }
    int index = 0;
    while (json.at(i) != ']') {
      i = json.separator(child(list, row, index, i, depth + 1), ']');
      index++;
    }
    return i + 1;
  }

  private int child(ListShape list, Row parent, int index, int start, int depth)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    EventRows.Mark mark = rows.mark();
    try {
      Row row = rows.beginChild(list.table(), parent, index, json, start);
      // dlt counts a list's level from its row, however deep in the row's objects it is.
      row.level = parent.level - 1;
      int end = element(list.element(), row, start, depth);
      rows.end(row);
      return end;
    } catch (RowDroppedException e) {
      int end = values.dropped(start, depth, list.element().place);
      rows.drop(mark, new Discards.Row(list.table().name, e.getMessage(), values.dropped()));
      return end;
    }
  }

  private int element(ObjectShape shape, Row row, int i, int depth)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    switch (json.at(i)) {
      case '{' -> {
        return object(shape, row, i, row.level, depth);
      }
      case '[' -> {
        // dlt reads a list in a list as an object {"list": …}, one level further down.
        row.level--;
        return list(shape.elementList(shapes), row, i, row.level, depth, ++objects);
      }
      default -> {
        return value(shape.elementValue(shapes), row, i, row.level, depth, ++objects);
      }
    }
  }
}
