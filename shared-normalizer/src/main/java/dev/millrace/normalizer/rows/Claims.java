package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.names.RawPath;

/** Sees to it that two values of one row that claim one name both survive (M7). */
final class Claims {
  private final TableSlots tables;
  private final Shapes shapes;
  private final GuardCounts guards;

  Claims(TableSlots tables, Shapes shapes, GuardCounts guards) {
    this.tables = tables;
    this.shapes = shapes;
    this.guards = guards;
  }

  /**
   * The column that takes a value of the field: its own, unless the row has one there.
   *
   * @param object the number of the object that the value is from
   */
  ColumnSlot column(Field field, Row row, long object) {
    ColumnSlot column = field.column;
    if (column.claimedByRow == row.number) {
      column = tagged(column, source(field, column.claimedByObject, object), row.number);
    }
    column.claimedByRow = row.number;
    column.claimedByObject = object;
    return column;
  }

  /** The slot of a value whose own name another value of the row has taken. */
  ColumnSlot tagged(ColumnSlot taken, RawPath tagSource, long row) {
    ColumnSlot slot = tables.column(taken.table, tables.names().tagged(taken.name, tagSource, 0));
    while (slot.claimedByRow == row) {
      int repetition = taken.nextRepetition(row);
      slot = tables.column(taken.table, tables.names().tagged(taken.name, tagSource, repetition));
    }
    if (slot.taggedFor == null) {
      slot.taggedFor = tagSource.text();
    }
    return slot;
  }

  private static RawPath source(Field field, long claimedByObject, long object) {
    return claimedByObject == object ? RawPath.of(field.key) : field.shape.rawUnder(field.key);
  }

  /** The shape of a list of the field, with a table of its own in the row. */
  ListShape list(Field field, Row row, long object) {
    ListShape list = field.list(shapes);
    if (isTaken(list.table(), row)) {
      TableSlot taken = list.table();
      RawPath source = source(field, taken.claimedByObject, object);
      list = shapes.taggedList(field.shape, field, source, 0);
      while (isTaken(list.table(), row)) {
        list = shapes.taggedList(field.shape, field, source, taken.nextRepetition(row.number));
      }
    }
    if (list.table() == null) {
      guards.acted(tables.guardOfTables());
    } else {
      list.table().claimedByRow = row.number;
      list.table().claimedByObject = object;
    }
    return list;
  }

  /** Whether the row has a list in the table, or is itself inside one. */
  private static boolean isTaken(TableSlot table, Row row) {
    return table != null && (table.claimedByRow == row.number || table.rowOpen);
  }
}
