package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.CompactJson;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.json.RepeatedKeyException;
import dev.millrace.normalizer.privacy.PrivacyAction;
import dev.millrace.normalizer.privacy.PrivacyRules;
import dev.millrace.normalizer.privacy.PrivatePlace;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.RawValue;
import dev.millrace.normalizer.types.TimestampFormat;
import dev.millrace.normalizer.types.Timestamps;
import java.nio.charset.StandardCharsets;

/**
 * Writes the value of a field into a row. One that is as its column keeps it is copied as it
 * stands; {@link ColumnWriter} sees to the others. Each method returns the index behind the value.
 */
final class ValueWriter {
  /** Longer integers may not be exact in a double, which JSON readers use for numbers. */
  private static final int EXACT_DIGITS = 15;

  /** Longer numbers go through the double that they stand for. */
  private static final int PLAIN_DOUBLE_LENGTH = 25;

  private static final int KEPT_SCRATCH = 1 << 16;

  private final JsonBytes json;
  private final Claims claims;
  private final ColumnWriter columns;
  private final PrivacyRules privacy;
  private final CompactJson compact;
  private final ByteBuilder scratch = new ByteBuilder(1024);

  ValueWriter(JsonBytes json, Claims claims, ColumnWriter columns, PrivacyRules privacy) {
    this.json = json;
    this.claims = claims;
    this.columns = columns;
    this.privacy = privacy;
    this.compact = new CompactJson(json, privacy);
  }

  int string(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.string(i);
    boolean escaped = json.escaped();
    byte[] bytes = json.bytes();
    ColumnSlot column = claims.column(field, row, object);
    if (column.type == DataType.TEXT && (!escaped || JsonText.isCopyable(bytes, i + 1, end))) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end + 1 - i);
    } else if (column.type != DataType.TIMESTAMP
        || escaped
        || !timestamp(column, row, i + 1, end)) {
      String text = JsonText.decode(bytes, i + 1, end);
      columns.write(row, column, new RawValue(RawValue.Kind.STRING, text), bytes, i, end + 1);
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

  int number(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.number(i);
    boolean fraction = json.fraction();
    byte[] bytes = json.bytes();
    ColumnSlot column = claims.column(field, row, object);
    if (isPlain(column.type, fraction, bytes, i, end)) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end - i);
    } else {
      String text = new String(bytes, i, end - i, StandardCharsets.US_ASCII);
      RawValue.Kind kind = fraction ? RawValue.Kind.FLOAT : RawValue.Kind.INT;
      columns.write(row, column, new RawValue(kind, text), bytes, i, end);
    }
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

  int literal(Field field, Row row, int i, long object)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.literal(i);
    byte[] bytes = json.bytes();
    if (bytes[i] == 'n') {
      return end;
    }
    ColumnSlot column = claims.column(field, row, object);
    if (column.type == DataType.BOOL) {
      ByteBuilder out = row.out();
      out.append(column.prefix);
      out.append(bytes, i, end - i);
    } else {
      String text = bytes[i] == 't' ? "true" : "false";
      columns.write(row, column, new RawValue(RawValue.Kind.BOOL, text), bytes, i, end);
    }
    return end;
  }

  /**
   * Writes a container that is not taken apart.
   *
   * @param depth of the container, the event itself having 0
   */
  int container(Field field, Row row, int i, int depth, long object)
      throws BadValueException, IncompleteException, RepeatedKeyException, RowDroppedException {
    ColumnSlot column = claims.column(field, row, object);
    if (column.type == DataType.JSON) {
      row.out().append(column.prefix);
      return compact.copy(i, row.out(), depth, field.place);
    }
    scratch.clear(KEPT_SCRATCH);
    int end = compact.copy(i, scratch, depth, field.place);
    String text = new String(scratch.bytes(), 0, scratch.length(), StandardCharsets.UTF_8);
    columns.write(
        row, column, new RawValue(RawValue.Kind.JSON, text), scratch.bytes(), 0, scratch.length());
    return end;
  }

  /** Writes what privacy rules make of a scalar. */
  int replaced(Field field, Row row, int i, long object, PrivacyAction action)
      throws BadValueException, IncompleteException, RowDroppedException {
    int end = json.scalar(i);
    boolean isString = json.bytes()[i] == '"';
    String text = JsonText.decode(json.bytes(), isString ? i + 1 : i, isString ? end - 1 : end);
    String replacement = privacy.replaced(action, text);
    scratch.clear(KEPT_SCRATCH);
    scratch.appendQuoted(replacement);
    RawValue value = new RawValue(RawValue.Kind.STRING, replacement);
    ColumnSlot column = claims.column(field, row, object);
    columns.write(row, column, value, scratch.bytes(), 0, scratch.length());
    return end;
  }

  /** Reads a value that no row gets. */
  int skipped(int i, int depth)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    scratch.clear(KEPT_SCRATCH);
    return compact.copy(i, scratch, depth, PrivatePlace.PUBLIC);
  }

  /** Reads a value that no row gets, and keeps it for {@link #dropped}. */
  int dropped(int i, int depth, PrivatePlace place)
      throws BadValueException, IncompleteException, RepeatedKeyException {
    scratch.clear(KEPT_SCRATCH);
    return compact.copy(i, scratch, depth, place);
  }

  /** The value that was read last by {@link #dropped(int, int, PrivatePlace)}. */
  byte[] dropped() {
    return scratch.toByteArray();
  }
}
