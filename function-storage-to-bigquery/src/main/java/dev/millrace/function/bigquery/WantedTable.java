package dev.millrace.function.bigquery;

import dev.millrace.loader.system.SystemTable;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table as BigQuery is to have it.
 *
 * @param name the table's name
 * @param description what its rows are, or null
 * @param columns those that exist in a warehouse, by name in small letters, in order
 * @param partitionedBy the timestamp column that a new table is partitioned on, by day; null for
 *     none
 * @param clusteredBy the column that a new table is clustered by; null for none
 * @param isEvents whether an event's rows are in it, and not the pipeline's own
 */
record WantedTable(
    String name,
    String description,
    Map<String, Column> columns,
    String partitionedBy,
    String clusteredBy,
    boolean isEvents) {
  static final String ID = "_dlt_id";
  static final String PARENT_ID = "_dlt_parent_id";
  static final String RECEIVED_AT = "_millrace_received_at";
  private static final String LOAD_ID = "load_id";

  WantedTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * An event table. A root table is clustered by {@code _dlt_id}, so that the look for one event,
   * and for those that are there already, reads few blocks of a partition; a child table by {@code
   * _dlt_parent_id}, by which the rows of one event are fetched.
   */
  static WantedTable of(Table table) {
    Map<String, Column> columns =
        complete(table.columns().values().stream().map(WantedTable::relaxed).toList());
    Object description = table.properties().get("description");
    String cluster = table.parent() == null ? ID : PARENT_ID;
    return new WantedTable(
        table.name(),
        description instanceof String text ? text : null,
        columns,
        columns.containsKey(RECEIVED_AT) ? RECEIVED_AT : null,
        columns.containsKey(cluster) ? cluster : null,
        true);
  }

  /** A system table. Where there are load ids, it is by these that it is asked. */
  static WantedTable of(SystemTable table) {
    Map<String, Column> columns = complete(table.columns());
    return new WantedTable(
        table.name(),
        table.description(),
        columns,
        table.partitionedBy(),
        columns.containsKey(LOAD_ID) ? LOAD_ID : null,
        false);
  }

  /** BigQuery's column names differ in more than case. */
  static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  /** Whether rows can be told apart and put in order of arrival, which the views need. */
  boolean isViewed() {
    return isEvents && columns.containsKey(ID) && columns.containsKey(RECEIVED_AT);
  }

  /** Whether a row must have a value in the column, which may be one that is not wanted at all. */
  boolean requires(String column) {
    Column wanted = columns.get(key(column));
    return wanted != null && !wanted.nullable();
  }

  /**
   * An event's column that a hint requires may be empty all the same: dlt's rules put a value of
   * another type into its variant, and the normaliser has checked that there is one.
   */
  private static Column relaxed(Column column) {
    return column.name().startsWith("_dlt") || column.nullable()
        ? column
        : new Column(column.name(), column.type(), true, column.hints());
  }

  private static Map<String, Column> complete(Collection<Column> columns) {
    Map<String, Column> complete = new LinkedHashMap<>();
    for (Column column : columns) {
      if (column.isComplete()) {
        complete.put(key(column.name()), column);
      }
    }
    return complete;
  }

  /** Those of the columns that a table lacks. */
  List<Column> missingFrom(KnownTable known) {
    return columns.entrySet().stream()
        .filter(column -> !known.columns().containsKey(column.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
