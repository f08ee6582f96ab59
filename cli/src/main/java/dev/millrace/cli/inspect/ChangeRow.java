package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of {@code _millrace_schema_changes}.
 *
 * @param column null for a new table
 * @param fromType for a variant, the type that did not fit
 * @param firstRow {@code _dlt_id} of the first row that needed it
 * @param rawPath behind a name with a tag
 */
record ChangeRow(
    Instant recorded,
    String loadId,
    String kind,
    String table,
    String column,
    String fromType,
    String toType,
    String firstRow,
    String rawPath) {
  static final String COLUMNS =
      "recorded_at, load_id, kind, table_name, column_name, from_type, to_type, first_row_id,"
          + " raw_path";

  static ChangeRow of(Row row) {
    return new ChangeRow(
        row.time(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8));
  }

  String name() {
    return column == null ? table : table + "." + column;
  }

  /** The name, and what it was made of where that can't be seen. */
  String shownName() {
    return rawPath == null ? name() : name() + " (" + rawPath + ")";
  }

  String type() {
    return fromType == null ? toType : toType + ", where " + fromType + " does not fit";
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("recorded_at", recorded.toString());
    document.put("load_id", loadId);
    document.put("kind", kind);
    document.put("table_name", table);
    document.put("column_name", column);
    document.put("from_type", fromType);
    document.put("to_type", toType);
    document.put("first_row_id", firstRow);
    document.put("raw_path", rawPath);
    return document;
  }
}
