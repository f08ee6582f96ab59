package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.CompactJson;
import dev.millrace.normalizer.json.Depth;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.privacy.PrivatePlace;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.RawValue;
import dev.millrace.normalizer.types.TimestampFormat;
import dev.millrace.normalizer.types.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes rows of an event in one pass over its bytes. The key that is expected next is the one that
 * followed last time; a value that is as its column keeps it is copied as it stands.
 */
final class EventFlattener {
  /** Longer integers may not be exact in a double, which JSON readers use for numbers. */
  private static final int EXACT_DIGITS = 15;

  /** Longer numbers go through the double that they stand for. */
  private static final int PLAIN_DOUBLE_LENGTH = 25;

  private final JsonBytes json;
  private final CompactJson compact;
  private final TableSlots tables;
  private final EventRows rows;
  private final ColumnWriter writer;
  private final GuardCounts guards;
  private final Discards discards;
  private final PrivacyRules privacy;
  private final NestingLimit nesting;
  private final ByteBuilder scratch = new ByteBuilder(1024);
  private boolean levelIsGuard;
  private long objects;
  private int messageIdFrom;
  private int messageIdTo;

  EventFlattener(
      JsonBytes json,
      TableSlots tables,
      EventRows rows,
      ColumnWriter writer,
      GuardCounts guards,
      Discards discards,
      NestingLimit nesting,
      PrivacyRules privacy) {
    this.json = json;
    this.compact = new CompactJson(json, privacy);
    this.tables = tables;
    this.rows = rows;
    this.writer = writer;
    this.guards = guards;
    this.discards = discards;
    this.privacy = privacy;
    this.nesting = nesting;
  }

  /**
   * Makes the rows of the event whose brace is at {@code start}.
   *
   * @return the index behind the event
   */
  int event(int start, ObjectShape shape)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    messageIdFrom = -1;
    Row row = rows.beginRoot(shape.table, json, start);
    NestingLimit limit = shape.table.nesting == null ? nesting : shape.table.nesting;
    row.level = limit.levels();
    levelIsGuard = limit.isGuard();
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
        field = shape.field(bytes, i, keyEnd, tables);
        if (previous == null) {
          shape.first = field;
        } else {
          previous.next = field;
        }
      }
      if (field.seenInObject == object) {
        throw RepeatedKeyException.INSTANCE;
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
    if (field.role == Field.Role.SKIPPED || action == PrivacyAction.DROP) {
      noteMessageId(field, i);
      scratch.truncate(0);
      return compact.copy(i, scratch, depth + 1, PrivatePlace.PUBLIC);
    }
    if (action != null && first != '{' && first != '[' && first != 'n') {
      return replaced(field, row, i, object, action);
    }
    switch (first) {
      case '"' -> {
        return string(field, row, i, object);
      }
      case '{' -> {
        if (isKept(field, level)) {
          return kept(field, row, i, depth, object);
        }
        return object(field.object(tables), row, i, level - 1, depth + 1);
      }
      case '[' -> {
        return list(field, row, i, level, depth, object);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        return number(field, row, i, object);
      }
      default -> {
        return literal(field, row, i, object);
      }
    }
  }

  /** Writes what privacy rules make of a value. */
  private int replaced(Field field, Row row, int i, long object, PrivacyAction action)
      throws BadValueException, IncompleteException, RowDroppedException {
    noteMessageId(field, i);
    int end = json.scalar(i);
    boolean isString = json.bytes()[i] == '"';
    String text = JsonText.decode(json.bytes(), isString ? i + 1 : i, isString ? end - 1 : end);
    String replacement = privacy.replaced(action, text);
    scratch.clear(1 << 16);
    scratch.appendQuoted(replacement);
    RawValue value = new RawValue(RawValue.Kind.STRING, replacement);
    ColumnSlot column = claim(field, row, object);
    writer.write(row, column, value, scratch.bytes(), 0, scratch.length());
    return end;
  }

  /** An event's identity is made of the messageId as it came, whatever rules make of its column. */
  private void noteMessageId(Field field, int i) throws BadValueException, IncompleteException {
    byte first = json.at(i);
    if (field.role == Field.Role.MESSAGE_ID
        && (first == '"' || first == '-' || (first >= '0' && first <= '9'))) {
      messageIdFrom = i;
      messageIdTo = json.scalar(i);
    }
  }

  private boolean isKept(Field field, int level) {
    if (level <= 0) {
      if (levelIsGuard) {
        guards.acted(GuardName.NESTING);
      }
      return true;
    }
    return TableSlots.isKeptWhole(field.column);
  }

  private int string(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.string(i);
    boolean escaped = json.escaped();
    byte[] bytes = json.bytes();
    if (field.role == Field.Role.MESSAGE_ID) {
      messageIdFrom = i;
      messageIdTo = end + 1;
    }
    ColumnSlot column = claim(field, row, object);
    if (column.type == DataType.TEXT && (!escaped || JsonText.isCopyable(bytes, i + 1, end))) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end + 1 - i);
    } else if (column.type != DataType.TIMESTAMP
        || escaped
        || !timestamp(column, row, i + 1, end)) {
      String text = JsonText.decode(bytes, i + 1, end);
      writer.write(row, column, new RawValue(RawValue.Kind.STRING, text), bytes, i, end + 1);
    }
    return end + 1;
  }

  private boolean timestamp(ColumnSlot column, Row row, int from, int to) {
    long micros = Timestamps.detect(json.bytes(), from, to);
    if (micros == Timestamps.NOT_A_TIMESTAMP) {
      return false;
    }
    ByteBuilder out = row.out();
    out.append(column.prefix);
    out.append('"');
    int at = out.reserve(TimestampFormat.TIMESTAMP_LENGTH);
    TimestampFormat.writeTimestamp(micros, out.bytes(), at);
    out.append('"');
    return true;
  }

  private int number(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.number(i);
    boolean fraction = json.fraction();
    byte[] bytes = json.bytes();
    if (field.role == Field.Role.MESSAGE_ID) {
      messageIdFrom = i;
      messageIdTo = end;
    }
    ColumnSlot column = claim(field, row, object);
    if (isPlain(column.type, fraction, bytes, i, end)) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end - i);
      return end;
    }
    String text = new String(bytes, i, end - i, StandardCharsets.US_ASCII);
    writer.write(
        row,
        column,
        new RawValue(fraction ? RawValue.Kind.FLOAT : RawValue.Kind.INT, text),
        bytes,
        i,
        end);
    return end;
  }

  /** Whether the number can be copied as it is written. */
  private static boolean isPlain(DataType type, boolean fraction, byte[] bytes, int from, int to) {
    if (type == DataType.BIGINT) {
      return !fraction
          && to - from <= EXACT_DIGITS
          && !(bytes[from] == '-' && bytes[from + 1] == '0');
    }
    if (type != DataType.DOUBLE || to - from > (fraction ? PLAIN_DOUBLE_LENGTH : EXACT_DIGITS)) {
      return false;
    }
    if (fraction) {
      for (int i = from; i < to; i++) {
        if (bytes[i] == 'e' || bytes[i] == 'E') {
          return false;
        }
      }
    }
    return true;
  }

  private int literal(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.literal(i);
    byte[] bytes = json.bytes();
    if (bytes[i] == 'n') {
      return end;
    }
    ColumnSlot column = claim(field, row, object);
    if (column.type == DataType.BOOL) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end - i);
    } else {
      writer.write(
          row,
          column,
          new RawValue(RawValue.Kind.BOOL, bytes[i] == 't' ? "true" : "false"),
          bytes,
          i,
          end);
    }
    return end;
  }

  /** Writes a container that is not taken apart. */
  private int kept(Field field, Row row, int i, int depth, long object)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    ColumnSlot column = claim(field, row, object);
    if (column.type == DataType.JSON) {
      row.out().append(column.prefix);
      return compact.copy(i, row.out(), depth + 1, field.place);
    }
    scratch.clear(1 << 16);
    int end = compact.copy(i, scratch, depth + 1, field.place);
    String text = new String(scratch.bytes(), 0, scratch.length(), StandardCharsets.UTF_8);
    writer.write(
        row, column, new RawValue(RawValue.Kind.JSON, text), scratch.bytes(), 0, scratch.length());
    return end;
  }

  private int list(Field field, Row row, int open, int level, int depth, long object)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    if (isKept(field, level)) {
      return kept(field, row, open, depth, object);
    }
    if (depth + 1 >= Depth.MAX) {
      throw Depth.exceeded(open);
    }
    int i = json.skipSpaceTo(open + 1);
    ListShape list = claimList(field, row, object);
    if (list.table() == null) {
      guards.acted(GuardName.TABLES);
      return kept(field, row, open, depth, object);
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
      rows.drop(mark);
      scratch.clear(1 << 16);
      int end = compact.copy(start, scratch, depth, list.element().place);
      discards.row(new Discards.Row(list.table().name, e.getMessage(), scratch.toByteArray()));
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
        return list(shape.elementList(tables), row, i, row.level, depth, ++objects);
      }
      default -> {
        return value(shape.elementValue(tables), row, i, row.level, depth, ++objects);
      }
    }
  }

  /** The column that takes a value of the field: its own, unless the row has one there (M7). */
  private ColumnSlot claim(Field field, Row row, long object) {
    ColumnSlot column = field.column;
    if (column.claimedByRow == row.number) {
      column =
          tables.taggedColumn(column, source(field, column.claimedByObject, object), row.number);
    }
    column.claimedByRow = row.number;
    column.claimedByObject = object;
    return column;
  }

  private static RawPath source(Field field, long claimedByObject, long object) {
    return claimedByObject == object ? RawPath.of(field.key) : field.shape.rawUnder(field.key);
  }

  private ListShape claimList(Field field, Row row, long object) {
    ListShape list = field.list(tables);
    if (list.table() == null) {
      return list;
    }
    if (list.table().claimedByRow == row.number || list.table().rowOpen) {
      TableSlot taken = list.table();
      RawPath source = source(field, taken.claimedByObject, object);
      list = tables.taggedList(field.shape, field, source, 0);
      while (list.table() != null
          && (list.table().claimedByRow == row.number || list.table().rowOpen)) {
        list = tables.taggedList(field.shape, field, source, taken.nextRepetition(row.number));
      }
    }
    if (list.table() != null) {
      list.table().claimedByRow = row.number;
      list.table().claimedByObject = object;
    }
    return list;
  }
}
