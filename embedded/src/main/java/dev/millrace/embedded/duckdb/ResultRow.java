package dev.millrace.embedded.duckdb;

import dev.millrace.loader.ports.Dataset;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** The row at which a result stands. */
final class ResultRow implements Dataset.Row {
  private final ResultSet rows;

  ResultRow(ResultSet rows) {
    this.rows = rows;
  }

  @Override
  public String text(int column) {
    Object value = value(column);
    if (value == null) {
      return null;
    }
    if (value instanceof OffsetDateTime || value instanceof Timestamp) {
      return time(column).toString();
    }
    if (value instanceof Blob) {
      return Base64.getEncoder().encodeToString(bytes(column));
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  /** {@inheritDoc} DuckDB adds up integers to ones of 128 bits. */
  @Override
  public Long number(int column) {
    return value(column) instanceof Number number
        ? new BigDecimal(number.toString()).longValueExact()
        : null;
  }

  @Override
  public Double real(int column) {
    return value(column) instanceof Number number ? number.doubleValue() : null;
  }

  @Override
  public Boolean truth(int column) {
    return (Boolean) value(column);
  }

  @Override
  public Instant time(int column) {
    Object value = value(column);
    if (value instanceof Timestamp local) {
      return local.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }
    return value == null ? null : ((OffsetDateTime) value).toInstant();
  }

  @Override
  public byte[] bytes(int column) {
    return get(() -> rows.getBytes(column + 1));
  }

  private Object value(int column) {
    return get(() -> rows.getObject(column + 1));
  }

  @FunctionalInterface
  private interface Read<T> {
    T read() throws SQLException;
  }

  /** The values of a row that is there are in memory: this fails only of a bug. */
  private static <T> T get(Read<T> read) {
    try {
      return read.read();
    } catch (SQLException e) {
      throw new IllegalStateException("a value can't be read", e);
    }
  }
}
