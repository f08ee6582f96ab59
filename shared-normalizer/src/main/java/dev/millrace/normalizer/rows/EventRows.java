package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.Coerced;
import dev.millrace.normalizer.types.Coercion;
import dev.millrace.normalizer.types.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the event at hand, which wait in their tables' buffers until the event is known to be
 * good, and then until there are enough of them to be handed over.
 */
final class EventRows {
  private static final int HAND_OVER_BYTES = 64 * 1024;
  private static final int KEPT_CAPACITY = 128 * 1024;

  private final TableSlots tables;
  private final Additions additions;
  private final RowTemplate template;
  private final boolean trustSystemKeys;
  private final RowSink sink;
  private final Discards discards;
  private final EventIds ids = new EventIds();
  private final List<TableSlot> touched = new ArrayList<>();
  private final List<Row> pool = new ArrayList<>();
  private final TrustedIds trustedIds = new TrustedIds();
  private int open;
  private long rowNumber;
  private String trustedRootId;
  private RawValue rootId;
  private String lastRootId;

  EventRows(
      TableSlots tables,
      Additions additions,
      RowTemplate template,
      boolean trustSystemKeys,
      RowSink sink,
      Discards discards) {
    this.tables = tables;
    this.additions = additions;
    this.template = template;
    this.trustSystemKeys = trustSystemKeys;
    this.sink = sink;
    this.discards = discards;
  }

  EventIds ids() {
    return ids;
  }

  /** Rows handed over or waiting, by table. */
  Map<String, Long> loadedRows() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (TableSlot table : tables.all()) {
      if (table.loadedRows > 0) {
        rows.put(table.name, table.loadedRows);
      }
    }
    return rows;
  }

  /** Sets the id that the root row takes if the event brings none and is trusted with it. */
  void trustedRootId(String id) {
    trustedRootId = id;
  }

  Row beginRoot(TableSlot table, JsonBytes json, int start)
      throws BadValueException, IncompleteException, RowDroppedException {
    Row row = begin(table, null, 0);
    if (trustSystemKeys) {
      RawValue own = trustedIds.of(json, start);
      template.trusted(row.out(), table);
      identify(row, own == null ? text(trustedRootId) : own, own != null);
      rootId = row.ownId;
    } else {
      template.root(row.out());
      ensureId(row);
    }
    return row;
  }

  Row beginChild(TableSlot table, Row parent, int listIndex, JsonBytes json, int start)
      throws BadValueException, IncompleteException, RowDroppedException {
    Row row = begin(table, parent, listIndex);
    if (trustSystemKeys) {
      RawValue own = trustedIds.of(json, start);
      template.trusted(row.out(), table);
      if (own == null) {
        if (table.hasRootKey) {
          member(row, SystemColumns.ROOT_ID, rootId);
        }
        member(row, SystemColumns.PARENT_ID, parent.ownId);
        row.out().append(",\"_dlt_list_idx\":".getBytes(StandardCharsets.US_ASCII));
        row.out().appendNumber(listIndex);
      }
      identify(
          row, own == null ? text(ids.childOf(parent.index, table, listIndex)) : own, own != null);
    } else {
      template.child(row.out(), table.hasRootKey, listIndex);
      ensureId(row);
    }
    return row;
  }

  private void identify(Row row, RawValue id, boolean fromEvent) throws BadValueException {
    row.ownId = id;
    ids.own(row.index, TrustedIds.text(id));
    if (!fromEvent) {
      ensureId(row);
      member(row, SystemColumns.ID, id);
    }
  }

  private static RawValue text(String id) {
    return new RawValue(RawValue.Kind.STRING, id);
  }

  /** Writes an id as its column has it: a number stays one if the event's own id is (spec 2.4). */
  private void member(Row row, String name, RawValue id) throws BadValueException {
    ColumnSlot column = tables.column(row.table, name);
    if (!(Coercion.coerce(id, column.type, null, null) instanceof Coerced.Stored stored)) {
      throw new BadValueException(
          BadReason.CANNOT_COERCE,
          0,
          "an id does not fit column %s (%s) of table %s"
              .formatted(name, column.type.word(), row.table.name));
    }
    // A key of the event may name the column too: that one then gives way (M7).
    column.claimedByRow = row.number;
    row.out().append(column.prefix);
    row.out().append(stored.json().getBytes(StandardCharsets.UTF_8));
  }

  private void ensureId(Row row) {
    if (!row.table.hasSystemColumns) {
      SystemColumns.ensure(
          row.table, SystemColumns.ID, DataType.TEXT, tables, additions, row.index);
    }
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
      if (trustSystemKeys && parent != null) {
        ensureReferences(table, parent, index);
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

  /** The columns that refer to other rows take the type of the ids that those have. */
  private void ensureReferences(TableSlot table, Row parent, int row) {
    if (table.hasRootKey) {
      DataType type = Coercion.inferred(rootId);
      SystemColumns.ensure(table, SystemColumns.ROOT_ID, type, tables, additions, row);
    }
    DataType type = Coercion.inferred(parent.ownId);
    SystemColumns.ensure(table, SystemColumns.PARENT_ID, type, tables, additions, row);
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
      out.append(",\"_millrace_overflow\":{".getBytes(StandardCharsets.US_ASCII));
      out.append(row.overflow.bytes(), 1, row.overflow.length() - 1);
      out.append('}');
    }
    out.append('}');
    out.append('\n');
    table.rowOpen = false;
    open--;
  }

  /** What {@link #drop} needs to know of the state before a row. */
  record Mark(int rows, int open, int additions, int discardedValues, int discardedRows) {}

  Mark mark() {
    return new Mark(
        ids.count(), open, additions.count(), discards.valueCount(), discards.rowCount());
  }

  /** A contract drops the rows that were begun since the mark. */
  void drop(Mark mark) {
    ids.drop(mark.rows);
    open = mark.open;
    additions.takeBack(mark.additions);
    discards.takeBack(mark.discardedValues, mark.discardedRows);
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
      table.rowOpen = false;
      table.touchedByEvent = false;
    }
    touched.clear();
    ids.clear();
    open = 0;
    additions.takeBack(0);
    discards.takeBack(0, 0);
  }

  /** The id of the root row that was kept last. */
  String lastRootId() {
    return lastRootId;
  }

  /** The event is good: its rows get their ids and wait. */
  void keep() throws IOException {
    if (!trustSystemKeys) {
      ids.putIn(template);
    }
    if (discards.rowCount() > 0) {
      lastRootId = ids.text(0);
    }
    additions.keep(ids);
    discards.keep();
    for (TableSlot table : touched) {
      table.touchedByEvent = false;
      if (table.eventRows == 0) {
        continue;
      }
      table.waitingRows += table.eventRows;
      markAsSeen(table);
      table.loadedRows += table.eventRows;
      table.hasSystemColumns = !trustSystemKeys;
      if (table.rows.length() >= HAND_OVER_BYTES) {
        handOver(table);
      }
    }
    touched.clear();
    ids.clear();
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

  /** Hands over all rows that wait. */
  void handOverAll() throws IOException {
    for (TableSlot table : tables.all()) {
      handOver(table);
    }
  }

  private void handOver(TableSlot table) throws IOException {
    if (table.waitingRows > 0) {
      ByteBuilder rows = table.rows;
      sink.rows(table.name, rows.bytes(), 0, rows.length(), table.waitingRows);
      rows.clear(KEPT_CAPACITY);
      table.waitingRows = 0;
    }
  }
}
