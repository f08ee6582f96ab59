package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.json.ByteBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of good events, which wait in their tables until there are enough to be handed over. */
final class WaitingRows {
  private static final int HAND_OVER_BYTES = 64 * 1024;

  /** What an empty table keeps of its buffer. */
  static final int KEPT_CAPACITY = 128 * 1024;

  private final TableSlots tables;
  private final RowSink sink;

  WaitingRows(TableSlots tables, RowSink sink) {
    this.tables = tables;
    this.sink = sink;
  }

  /** Takes the rows of the event at hand, which are in the table already. */
  void take(TableSlot table) throws IOException {
    table.waitingRows += table.eventRows;
    table.loadedRows += table.eventRows;
    if (table.rows.length() >= HAND_OVER_BYTES) {
      handOver(table);
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

  /** Rows handed over or waiting, by table. */
  Map<String, Long> counts() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (TableSlot table : tables.all()) {
      if (table.loadedRows > 0) {
        rows.put(table.name, table.loadedRows);
      }
    }
    return rows;
  }
}
