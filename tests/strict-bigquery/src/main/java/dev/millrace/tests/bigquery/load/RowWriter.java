package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.Partitioning;
import dev.millrace.tests.bigquery.catalog.Table;
import dev.millrace.tests.bigquery.catalog.TypeName;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends rows to a table, and keeps account of the partitions that they fall into. */
final class RowWriter implements AutoCloseable {
  /** Rows without a value in the partitioning column share one partition. */
  private static final long NULL_PARTITION = Long.MIN_VALUE;

  private final DuckDBAppender appender;
  private final List<Column> columns;
  private final Partitioning partitioning;
  private final int partitioningColumn;
  private final Set<Long> partitions = new HashSet<>();
  private long rows;

  RowWriter(DuckDBConnection connection, Table table) throws SQLException {
    columns = table.columns();
    partitioning = table.partitioning();
    partitioningColumn =
        partitioning == null ? -1 : columns.indexOf(table.column(partitioning.column()));
    appender = connection.createAppender(table.storedSchema(), table.storedName());
  }

  void write(Object[] row) throws SQLException {
    appender.beginRow();
    for (int i = 0; i < row.length; i++) {
      append(columns.get(i).type().name(), row[i]);
    }
    appender.endRow();
    rows++;
    if (partitioning != null) {
      partitions.add(partition(row[partitioningColumn]));
    }
  }

  private void append(TypeName type, Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (type) {
      case STRING, BIGNUMERIC, JSON -> appender.append((String) value);
      case BYTES -> appender.append((byte[]) value);
      case INT64 -> appender.append((long) (Long) value);
      case FLOAT64 -> appender.append((double) (Double) value);
      case BOOL -> appender.append((boolean) (Boolean) value);
      case TIMESTAMP, DATETIME -> appender.appendEpochMicros((Long) value);
      case DATE -> appender.append((LocalDate) value);
      case TIME -> appender.append((LocalTime) value);
      case NUMERIC -> appender.append((BigDecimal) value);
    }
  }

  private long partition(Object value) {
    if (value == null) {
      return NULL_PARTITION;
    }
    return value instanceof LocalDate day
        ? partitioning.ofDay(day.toEpochDay())
        : partitioning.ofMicros((Long) value);
  }

  long rows() {
    return rows;
  }

  /** How many partitions the rows fall into. */
  int partitions() {
    return partitions.size();
  }

  @Override
  public void close() throws SQLException {
    appender.close();
  }
}
