package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.json.JsonText;
import dev.millrace.normalizer.schema.DataType;
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
  private final EventIds ids = new EventIds();
  private final List<TableSlot> touched = new ArrayList<>();
  private final List<Row> pool = new ArrayList<>();
  private final Map<String, Long> loadedRows = new LinkedHashMap<>();
  private final OwnId ownId = new OwnId();
  private int open;
  private long rowNumber;
  private String trustedRootId;

  EventRows(
      TableSlots tables,
      Additions additions,
      RowTemplate template,
      boolean trustSystemKeys,
      RowSink sink) {
    this.tables = tables;
    this.additions = additions;
    this.template = template;
    this.trustSystemKeys = trustSystemKeys;
    this.sink = sink;
  }

  EventIds ids() {
    return ids;
  }

  /** Rows handed over or waiting, by table. */
  Map<String, Long> loadedRows() {
    return loadedRows;
  }

  /** Sets the id that the root row takes if the event brings none and is trusted with it. */
  void trustedRootId(String id) {
    trustedRootId = id;
  }

  Row beginRoot(TableSlot table, JsonBytes json, int start)
      throws BadValueException, IncompleteException {
    Row row = begin(table, 0, 0);
    if (trustSystemKeys) {
      String own = ownId.of(json, start);
      template.trusted(row.out(), table);
      identify(row, own == null ? trustedRootId : own, own != null);
    } else {
      template.root(row.out());
      ensureId(row);
    }
    return row;
  }

  Row beginChild(TableSlot table, Row parent, int listIndex, JsonBytes json, int start)
      throws BadValueException, IncompleteException {
    Row row = begin(table, parent.index, listIndex);
    if (trustSystemKeys) {
      String own = ownId.of(json, start);
      template.trusted(row.out(), table);
      if (own == null) {
        if (table.hasRootKey) {
          write(row, SystemColumns.ROOT_ID, ids.own(0));
        }
        RowTemplate.member(row.out(), SystemColumns.PARENT_ID, parent.ownId);
        row.out().append(",\"_dlt_list_idx\":".getBytes(StandardCharsets.US_ASCII));
        row.out().appendNumber(listIndex);
      }
      identify(row, own == null ? ids.childOf(parent.index, table, listIndex) : own, own != null);
    } else {
      template.child(row.out(), table.hasRootKey, listIndex);
      ensureId(row);
    }
    return row;
  }

  private void identify(Row row, String id, boolean fromEvent) {
    row.ownId = id;
    ids.own(row.index, id);
    if (!fromEvent) {
      ensureId(row);
      write(row, SystemColumns.ID, id);
    }
  }

  /** Writes a system column that a key of the event may name too: that one then gives way (M7). */
  private void write(Row row, String column, String value) {
    tables.column(row.table, column).claimedByRow = row.number;
    RowTemplate.member(row.out(), column, value);
  }

  private void ensureId(Row row) {
    SystemColumns.ensure(row.table, SystemColumns.ID, DataType.TEXT, tables, additions, row.index);
  }

  private Row begin(TableSlot table, int parent, int listIndex) {
    if (!table.touchedByEvent) {
      table.touchedByEvent = true;
      table.eventStart = table.rows.length();
      table.eventRows = 0;
      touched.add(table);
    }
    int index = ids.add(table, table.rows.length(), parent, listIndex);
    if (!table.exists) {
      additions.create(table, index);
    }
    if (table.eventRows++ == 0) {
      SystemColumns.ensure(table, tables, additions, index);
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
      out.append(",\"_millrace_overflow\":{".getBytes(StandardCharsets.US_ASCII));
      out.append(row.overflow.bytes(), 1, row.overflow.length() - 1);
      out.append('}');
    }
    out.append('}');
    out.append('\n');
    table.rowOpen = false;
    open--;
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
    additions.takeBack();
  }

  /** The event is good: its rows get their ids and wait. */
  void keep() throws IOException {
    if (!trustSystemKeys) {
      ids.putIn(template);
    }
    additions.keep(ids);
    for (TableSlot table : touched) {
      table.touchedByEvent = false;
      table.waitingRows += table.eventRows;
      markAsSeen(table);
      loadedRows.merge(table.name, (long) table.eventRows, Long::sum);
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

  /** Finds the {@code _dlt_id} that an object brings with it (M3, spec 2.4). */
  private static final class OwnId {
    private static final byte[] KEY = "\"_dlt_id\"".getBytes(StandardCharsets.UTF_8);

    private final TopLevelKeys keys = new TopLevelKeys();

    /** The id as text, or null if the value at {@code start} is no object or has none. */
    String of(JsonBytes json, int start) throws BadValueException, IncompleteException {
      if (json.bytes()[start] != '{' || !keys.find(json, start, KEY)) {
        return null;
      }
      byte[] bytes = json.bytes();
      int from = keys.from();
      int to = keys.to();
      switch (bytes[from]) {
        case '"' -> {
          return to - from == 2 ? null : JsonText.decode(bytes, from + 1, to - 1);
        }
        case 't' -> {
          return "True";
        }
        case 'n', 'f', '{', '[' -> {
          return null;
        }
        default -> {
          String number = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
          return number.matches("-?[0.]+([eE].*)?") ? null : number;
        }
      }
    }
  }
}
