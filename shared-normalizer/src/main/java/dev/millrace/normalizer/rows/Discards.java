package dev.millrace.normalizer.rows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What contracts drop out of events that load all the same (M11). */
final class Discards {
  /**
   * A row that was dropped with all below it.
   *
   * @param detail what the contract says, for a person
   * @param raw the list element as it came, without white space
   */
  record Row(String table, String detail, byte[] raw) {}

  private final List<ColumnSlot> valuesOfEvent = new ArrayList<>();
  private final List<Row> rowsOfEvent = new ArrayList<>();
  private final Map<String, Long> values = new LinkedHashMap<>();

  void value(ColumnSlot column) {
    valuesOfEvent.add(column);
  }

  void row(Row row) {
    rowsOfEvent.add(row);
  }

  /** How many values the event has lost so far. */
  int valueCount() {
    return valuesOfEvent.size();
  }

  int rowCount() {
    return rowsOfEvent.size();
  }

  /** The row in which these were lost is dropped itself. */
  void takeBack(int valueCount, int rowCount) {
    valuesOfEvent.subList(valueCount, valuesOfEvent.size()).clear();
    rowsOfEvent.subList(rowCount, rowsOfEvent.size()).clear();
  }

  /** The rows that the event at hand has lost. */
  List<Row> rowsOfEvent() {
    return rowsOfEvent;
  }

  /** The event is loaded: what it lost counts. */
  void keep() {
    for (ColumnSlot column : valuesOfEvent) {
      values.merge(column.table.name + "." + column.name, 1L, Long::sum);
    }
    takeBack(0, 0);
  }

  /** Values dropped, by {@code table.column}. */
  Map<String, Long> values() {
    return values;
  }
}
