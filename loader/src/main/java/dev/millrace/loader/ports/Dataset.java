package dev.millrace.loader.ports;

import dev.millrace.normalizer.schema.DataType;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A warehouse's dataset as a person's commands ask it: by SQL that DuckDB and BigQuery understand
 * alike, with {@code ?} for values. On BigQuery each question is billed by the bytes that it reads,
 * so every question about an event table that can name a time does so. Thread-safe.
 *
 * <p>Failures: as {@link Warehouse}'s.
 */
public interface Dataset {
  /**
   * A column as it is in the warehouse.
   *
   * @param type what dlt would call its type, or null if there is no such type
   * @param physicalType its type in the warehouse's own words
   * @param description null if it has none
   */
  record ColumnInfo(
      String name, DataType type, String physicalType, boolean nullable, String description) {}

  /**
   * A table as it is in the warehouse, event tables and system tables alike; views are none.
   *
   * @param rows how many it has, as the warehouse's own figures say, without reading it
   * @param columns in the table's order
   */
  record TableInfo(String name, long rows, List<ColumnInfo> columns) {
    public TableInfo {
      columns = List.copyOf(columns);
    }
  }

  /** Is shown one row after the other. */
  @FunctionalInterface
  interface RowVisitor {
    void row(Row row) throws IOException;
  }

  /**
   * One row of an answer. Columns count from 0, in the order of the question; a value that isn't
   * there is null.
   */
  interface Row {
    /** Text, JSON as it is written, or any other value as text. */
    String text(int column);

    /** A whole number or null. */
    Long number(int column);

    /** A double or null. */
    Double real(int column);

    /** A truth value or null. */
    Boolean truth(int column);

    /** A timestamp or null. */
    Instant time(int column);

    /** Binary or null. */
    byte[] bytes(int column);
  }

  /** How people call it: {@code project.dataset}, or the file and its schema. */
  String label();

  /** The tables that are there, by name; none if there is no dataset. Costs no query. */
  Map<String, TableInfo> tables() throws IOException;

  /** A table of the dataset as SQL names it. */
  String table(String name);

  /** A view of the {@code _unique} sibling as SQL names it. */
  String unique(String name);

  /** A column, or any other name, as SQL names it. */
  String name(String name);

  /**
   * Asks.
   *
   * @param values for the question marks: {@link String}, {@link Long}, {@link Double}, {@link
   *     Boolean}, {@link Instant} or {@code byte[]}
   */
  void query(String sql, List<?> values, RowVisitor visitor) throws IOException;

  /**
   * Makes ready for many questions in a row, which would else each open the dataset anew where it
   * is a file. Nobody can change such a file until the returned is closed.
   */
  default Closeable keepOpen() throws IOException {
    return () -> {};
  }

  /**
   * Changes rows by one DELETE, UPDATE or INSERT.
   *
   * @return how many rows it changed
   */
  long change(String sql, List<?> values) throws IOException;

  /**
   * How many bytes the warehouse would bill for reading, without running it; empty where nothing is
   * billed.
   */
  OptionalLong billedBytes(String sql, List<?> values) throws IOException;
}
