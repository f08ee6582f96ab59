package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns that rows have whatever the event says (spec 2.5; departures M10, M12). */
final class SystemColumns {
  static final String LOAD_ID = "_dlt_load_id";
  static final String ID = "_dlt_id";
  static final String ROOT_ID = "_dlt_root_id";
  static final String PARENT_ID = "_dlt_parent_id";
  static final String LIST_INDEX = "_dlt_list_idx";
  static final String RECEIVED_AT = "_millrace_received_at";
  static final String OVERFLOW = "_millrace_overflow";

  /**
   * What BigQuery lets no column's name begin with, in whatever case. One such name, and its table
   * could take no column any more.
   */
  private static final List<String> BIGQUERYS =
      List.of(
          "_table_",
          "_file_",
          "_partition",
          "_row_timestamp",
          "__root__",
          "_colidentifier",
          "_change_sequence_number",
          "_change_type",
          "_change_timestamp");

  private SystemColumns() {}

  /** Whether a name is of those that are not the events' (M3). */
  static boolean isReserved(String name) {
    return name.startsWith("_dlt") || name.startsWith("_millrace");
  }

  /** Whether a column of that name could not be made in BigQuery. It is prefixed as in M3. */
  static boolean isBigQuerys(String name) {
    return name.startsWith("_") && BIGQUERYS.stream().anyMatch(name::startsWith);
  }

  /** The hints that dlt gives a column by its name. */
  static Map<String, Object> hints(String name) {
    return switch (name) {
      case ID -> Map.of("unique", true, "row_key", true);
      case PARENT_ID -> Map.of("parent_key", true);
      case ROOT_ID -> Map.of("root_key", true);
      default -> Map.of();
    };
  }

  static boolean isRequired(String name) {
    return switch (name) {
      case ID, PARENT_ID, ROOT_ID, LIST_INDEX, LOAD_ID -> true;
      default -> false;
    };
  }

  /** The columns that every row of the table has a value for, as the normaliser writes them. */
  static void ensure(TableSlot table, TableSlots tables, Additions additions, int row) {
    if (table.parent == null) {
      ensure(table, LOAD_ID, DataType.TEXT, tables, additions, row);
    } else {
      if (table.hasRootKey) {
        ensure(table, ROOT_ID, DataType.TEXT, tables, additions, row);
      }
      ensure(table, PARENT_ID, DataType.TEXT, tables, additions, row);
      ensure(table, LIST_INDEX, DataType.BIGINT, tables, additions, row);
    }
    ensure(table, RECEIVED_AT, DataType.TIMESTAMP, tables, additions, row);
  }

  /** The id, unless an event that loaded has made sure of it. */
  static void ensureId(Row row, TableSlots tables, Additions additions) {
    if (!row.table.hasSystemColumns) {
      ensure(row.table, ID, DataType.TEXT, tables, additions, row.index);
    }
  }

  static void ensure(
      TableSlot table,
      String name,
      DataType type,
      TableSlots tables,
      Additions additions,
      int row) {
    ColumnSlot column = tables.column(table, name);
    if (column.type == null) {
      additions.define(column, type, row);
    }
  }

  /** A new table's columns: the events' own in the order of first sight, then the system's. */
  static void order(List<ColumnSlot> columns) {
    List<ColumnSlot> last = new ArrayList<>();
    List<String> names =
        List.of(OVERFLOW, LOAD_ID, ROOT_ID, PARENT_ID, LIST_INDEX, ID, RECEIVED_AT);
    for (String name : names) {
      for (ColumnSlot column : columns) {
        if (column.name.equals(name)) {
          last.add(column);
        }
      }
    }
    columns.removeAll(last);
    columns.addAll(last);
  }
}
