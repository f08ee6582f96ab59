package dev.millrace.embedded.duckdb;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The view of a table in the {@code _unique} schema: one row of those that are the same thing.
 *
 * @param dataset the tables' schema
 * @param table name of the table and of the view
 * @param choice the QUALIFY condition that keeps the one row
 * @param ranged whether there is a {@code <table>_between(from_time, to_time)} beside the view
 */
record UniqueView(String dataset, String table, String choice, boolean ranged) {
  /**
   * One row per {@code _dlt_id}, the earliest received. Of two that arrived in the same microsecond
   * it is the one that was loaded first, in root and child tables alike.
   */
  static UniqueView ofEvents(String dataset, String table) {
    return new UniqueView(
        dataset,
        table,
        "row_number() OVER (PARTITION BY %s ORDER BY %s NULLS LAST, rowid) = 1"
            .formatted(SqlText.name(PhysicalTable.ID), SqlText.name(PhysicalTable.RECEIVED_AT)),
        true);
  }

  /** The row that was written last of each batch. */
  static UniqueView ofBatches(String dataset, String table, List<String> identity) {
    return new UniqueView(
        dataset,
        table,
        "row_number() OVER (PARTITION BY %s ORDER BY rowid DESC) = 1"
            .formatted(identity.stream().map(SqlText::name).collect(Collectors.joining(", "))),
        false);
  }

  static String schema(String dataset) {
    return dataset + "_unique";
  }

  String create() {
    return "CREATE OR REPLACE VIEW %s AS SELECT * FROM %s QUALIFY %s"
        .formatted(SqlText.name(schema(dataset), table), SqlText.name(dataset, table), choice);
  }

  /** Its rows are received at {@code from_time} or later, and before {@code to_time}. */
  String createBetween() {
    String received = SqlText.name(PhysicalTable.RECEIVED_AT);
    return """
        CREATE OR REPLACE MACRO %s(from_time, to_time) AS TABLE
        SELECT * FROM %s WHERE %s >= from_time AND %s < to_time QUALIFY %s"""
        .formatted(
            SqlText.name(schema(dataset), table + "_between"),
            SqlText.name(dataset, table),
            received,
            received,
            choice);
  }
}
