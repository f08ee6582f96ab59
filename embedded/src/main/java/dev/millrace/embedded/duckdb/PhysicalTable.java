package dev.millrace.embedded.duckdb;

import dev.millrace.loader.system.SystemTable;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A table as DuckDB is to have it.
 *
 * @param name the table's name
 * @param description what its rows are, or null
 * @param columns those that exist in a warehouse, by name in small letters, in order
 */
record PhysicalTable(String name, String description, Map<String, PhysicalColumn> columns) {
  static final String ID = "_dlt_id";
  static final String RECEIVED_AT = "_millrace_received_at";

  static PhysicalTable of(Table table) {
    Object description = table.properties().get("description");
    return new PhysicalTable(
        table.name(),
        description instanceof String text ? text : null,
        complete(table.columns().values().stream().map(PhysicalTable::relaxed).toList()));
  }

  /**
   * An event's column that a hint requires may be empty all the same: dlt's rules put a value of
   * another type into its variant. The normaliser has checked that there is a value; a constraint
   * would only refuse the whole batch.
   */
  private static Column relaxed(Column column) {
    boolean isSystem = column.name().startsWith("_dlt");
    return isSystem || column.nullable()
        ? column
        : new Column(column.name(), column.type(), true, column.hints());
  }

  static PhysicalTable of(SystemTable table) {
    return new PhysicalTable(table.name(), table.description(), complete(table.columns()));
  }

  /** DuckDB's names differ in more than case. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * The column of that name.
   *
   * @throws IllegalArgumentException if the table has none
   */
  PhysicalColumn column(String column) {
    PhysicalColumn found = columns.get(key(column));
    if (found == null) {
      throw new IllegalArgumentException("table " + name + " has no column " + column);
    }
    return found;
  }

  /** Whether rows can be told apart and put in order of arrival, which the views need. */
  boolean isEventTable() {
    return columns.containsKey(ID) && columns.containsKey(RECEIVED_AT);
  }

  private static Map<String, PhysicalColumn> complete(Collection<Column> columns) {
    Map<String, PhysicalColumn> complete = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.isComplete()) {
        complete.put(key(column.name()), new PhysicalColumn(column));
      }
    }
    return complete;
  }
}
