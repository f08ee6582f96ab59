package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the event at hand. They are written behind those that wait in their tables, and stay
 * there once the event is known to be good.
 */
final class EventRows {
  /** What a dropped row takes besides its bytes. */
  private static final int DROPPED_ROW_BYTES = 512;

  private static final byte[] OVERFLOW_PREFIX =
      ",\"_millrace_overflow\":{".getBytes(StandardCharsets.US_ASCII);

  private final TableSlots tables;
  private final Additions additions;
  private final RowTemplate template;
  private final WaitingRows waiting;
  private final Discards discards;
  private final EventIds ids = new EventIds();

  /** Null unless events are trusted with their ids. */
  private final TrustedRows trusted;

  private final List<TableSlot> touched = new ArrayList<>();
  private final List<Row> pool = new ArrayList<>();
  private int open;
  private long rowNumber;

  /** What the event's rows take that are ended, and those that a contract has dropped. */
  private int bytes;

  private String lastRootId;

  EventRows(
      TableSlots tables,
      Additions additions,
      RowTemplate template,
      boolean trustSystemKeys,
      WaitingRows waiting,
      Discards discards) {
    this.tables = tables;
    this.additions = additions;
    this.template = template;
    this.waiting = waiting;
    this.discards = discards;
    this.trusted = trustSystemKeys ? new TrustedRows(tables, additions, template, ids) : null;
  }

  EventIds ids() {
    return ids;
  }

  /** Sets the id that the root row takes if the event brings none and is trusted with it. */
  void trustedRootId(String id) {
    trusted.derivedRootId(id);
  }

  Row beginRoot(TableSlot table, JsonBytes json, int start)
      throws BadValueException, IncompleteException, RowDroppedException {
    Row row = begin(table, null, 0);
    if (trusted != null) {
      trusted.beginRoot(row, json, start);
    } else {
      template.root(row.out());
      SystemColumns.ensureId(row, tables, additions);
    }
    return row;
  }

  Row beginChild(TableSlot table, Row parent, int listIndex, JsonBytes json, int start)
      throws BadValueException, IncompleteException, RowDroppedException {
    Row row = begin(table, parent, listIndex);
    if (trusted != null) {
      trusted.beginChild(row, parent, listIndex, json, start);
    } else {
      template.child(row.out(), table.hasRootKey, listIndex);
      SystemColumns.ensureId(row, tables, additions);
    }
    return row;
  }

  private Row begin(TableSlot table, Row parent, int listIndex)
      throws BadValueException, RowDroppedException {
    if (!table.exists) {
      ContractRules.newTable(table);
    }
    if (!table.touchedByEvent) {
      table.touchedByEvent = true;
      table.eventStart = table.rows.length();
      table.eventRows = 0;
      touched.add(table);
    }
    int index = ids.add(table, table.rows.length(), parent == null ? 0 : parent.index, listIndex);
    if (!table.exists) {
      additions.create(table, index);
    }
    if (table.eventRows++ == 0) {
      if (trusted != null && parent != null) {
        trusted.ensureReferences(table, parent, index);
      }
      if (!table.hasSystemColumns) {
        SystemColumns.ensure(table, tables, additions, index);
      }
    }
    table.rowOpen = true;
    if (open == pool.size()) {
      pool.add(new Row());
    }
    Row row = pool.get(open++);
    row.table = table;
    row.index = index;
    row.number = ++rowNumber;
    row.ownId = null;
    row.overflow = null;
    return row;
  }

  void end(Row row) throws BadValueException {
    TableSlot table = row.table;
    for (ColumnSlot column : table.required) {
      if (column.claimedByRow != row.number) {
        throw missing(column);
      }
    }
    ByteBuilder out = table.rows;
    if (row.overflow != null) {
      SystemColumns.ensure(
          table, SystemColumns.OVERFLOW, DataType.JSON, tables, additions, row.index);
      out.append(OVERFLOW_PREFIX);
      out.append(row.overflow.bytes(), 1, row.overflow.length() - 1);
      out.append('}');
    }
    out.append('}');
    out.append('\n');
    table.rowOpen = false;
    row.overflow = null;
    open--;
    take(out.length() - ids.start(row.index));
  }

  private void take(int more) throws BadValueException {
    bytes += more;
    if (bytes > ByteBuilder.MAX_LENGTH) {
      throw tooLong();
    }
  }

  /** What to throw where an event has more rows, or longer ones, than there is memory for. */
  static BadValueException tooLong() {
    return new BadValueException(
        BadReason.TOO_LARGE,
        BadValueException.NOWHERE,
        "the event's rows would take more than %d MiB".formatted(ByteBuilder.MAX_LENGTH >> 20));
  }

  /** What {@link #drop} needs to know of the state before a row. */
  record Mark(
      int rows, int open, int bytes, int additions, int discardedValues, int discardedRows) {}

  Mark mark() {
    return new Mark(
        ids.count(), open, bytes, additions.count(), discards.valueCount(), discards.rowCount());
  }

  /** A contract drops the rows that were begun since the mark: {@code row} and those below it. */
  void drop(Mark mark, Discards.Row row) throws BadValueException {
    ids.drop(mark.rows);
    open = mark.open;
    additions.takeBack(mark.additions);
    discards.takeBack(mark.discardedValues, mark.discardedRows);
    discards.row(row);
    bytes = mark.bytes;
    take(row.raw().length + DROPPED_ROW_BYTES);
  }

  private static BadValueException missing(ColumnSlot column) {
    return new BadValueException(
        BadReason.NULL_IN_REQUIRED,
        BadValueException.NOWHERE,
        "column %s of table %s must have a value".formatted(column.name, column.table.name));
  }

  /** The event is bad, or a duplicate: none of its rows stays. */
  void takeBack() {
    for (TableSlot table : touched) {
      table.rows.truncate(table.eventStart);
      table.rows.trim(WaitingRows.KEPT_CAPACITY);
      table.rowOpen = false;
      table.touchedByEvent = false;
    }
    touched.clear();
    ids.clear();
    pool.forEach(row -> row.overflow = null);
    open = 0;
    bytes = 0;
    additions.takeBack(0);
    discards.takeBack(0, 0);
  }

  /** The id of the root row that was kept last. */
  String lastRootId() {
    return lastRootId;
  }

  /** The event is good: its rows get their ids and wait. */
  void keep() throws IOException {
    if (trusted == null) {
      ids.putIn(template);
    }
    if (discards.rowCount() > 0) {
      lastRootId = ids.text(0);
    }
    additions.keep(ids);
    discards.keep();
    for (TableSlot table : touched) {
      table.touchedByEvent = false;
      if (table.eventRows > 0) {
        markAsSeen(table);
        table.hasSystemColumns = trusted == null;
        waiting.take(table);
      }
    }
    touched.clear();
    ids.clear();
    bytes = 0;
  }

  /** dlt notes on a table that it has had data. */
  private static void markAsSeen(TableSlot table) {
    if (!table.seenData) {
      table.seenData = true;
      Object before = table.properties().get("x-normalizer");
      Map<String, Object> marks = new LinkedHashMap<>();
      if (before instanceof Map<?, ?> map) {
        map.forEach((key, value) -> marks.put(String.valueOf(key), value));
      }
      if (marks.put("seen-data", true) == null) {
        table.properties().put("x-normalizer", marks);
        table.changed = true;
      }
    }
  }
}
