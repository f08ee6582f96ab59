package dev.millrace.function.bigquery;

/** The statements that make the views and table functions of the {@code _unique} dataset. */
final class ViewDdl {
  private static final String EARLIEST =
      "ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s NULLS LAST) = 1"
          .formatted(SqlText.name(WantedTable.ID), SqlText.name(WantedTable.RECEIVED_AT));

  /** Of two outcomes that were recorded at once, the one that says that the batch is in. */
  private static final String LATEST =
      "ROW_NUMBER() OVER (PARTITION BY `bucket`, `object`, `generation`"
          + " ORDER BY `recorded_at` DESC, `committed_at` DESC NULLS LAST) = 1";

  private final DatasetName dataset;

  ViewDdl(DatasetName dataset) {
    this.dataset = dataset;
  }

  /**
   * One row per {@code _dlt_id}, the earliest received. Rows of one id that were received in the
   * same microsecond are copies of one message, so it does not matter which of them it is.
   */
  String ofEvents(String table) {
    return view(table, EARLIEST);
  }

  /** The row that was written last of each batch. */
  String ofBatches(String table) {
    return view(table, LATEST);
  }

  /** Its rows are received at {@code from_time} or later, and before {@code to_time}. */
  String between(String table) {
    String received = SqlText.name(WantedTable.RECEIVED_AT);
    return """
        CREATE OR REPLACE TABLE FUNCTION %s(from_time TIMESTAMP, to_time TIMESTAMP) AS (
          SELECT * FROM %s WHERE %s >= from_time AND %s < to_time QUALIFY %s
        )"""
        .formatted(
            dataset.unique().sql(table + "_between"),
            dataset.sql(table),
            received,
            received,
            EARLIEST);
  }

  /** QUALIFY stands only behind a WHERE. */
  private String view(String table, String choice) {
    return "CREATE OR REPLACE VIEW %s AS SELECT * FROM %s WHERE TRUE QUALIFY %s"
        .formatted(dataset.unique().sql(table), dataset.sql(table), choice);
  }
}
