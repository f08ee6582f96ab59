package dev.millrace.tests.bigquery.rows;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.TypeName;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A query's result, in memory.
 *
 * @param rows a row's cells: a text, a {@code Long} of microseconds for a TIMESTAMP, a list of
 *     these for an array, or null
 */
public record ResultRows(List<Column> columns, List<Object[]> rows) {
  /** What a statement without rows results in. */
  public static final ResultRows NONE = new ResultRows(List.of(), List.of());

  /** Reads all of a result of DuckDB's. */
  public static ResultRows read(ResultSet result) throws SQLException {
    List<Column> columns = columns(result.getMetaData());
    List<Object[]> rows = new ArrayList<>();
    while (result.next()) {
      Object[] cells = new Object[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(columns.get(i), result, i + 1);
      }
      rows.add(cells);
    }
    return new ResultRows(columns, rows);
  }

  /** The columns of a result in BigQuery's types. */
  public static List<Column> columns(ResultSetMetaData result) throws SQLException {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int unnamed = 0;
    for (int i = 1; i <= result.getColumnCount(); i++) {
      String name = result.getColumnName(i);
      if (!name.matches("\\w+")) {
        // An expression without an alias, which DuckDB names by its text.
        name = "f" + unnamed++ + "_";
      }
      if (!names.add(Column.key(name))) {
        throw new RefusedException(
            Reason.INVALID_QUERY,
            "Duplicate column names in the result are not supported. Found duplicate(s): " + name);
      }
      String type = result.getColumnTypeName(i);
      boolean repeated = type.endsWith("[]");
      ColumnType ours = ColumnType.of(type(repeated ? type.substring(0, type.length() - 2) : type));
      columns.add(new Column(name, ours, false, repeated, null));
    }
    return columns;
  }

  private static TypeName type(String duckDb) {
    int parameters = duckDb.indexOf('(');
    return switch (parameters < 0 ? duckDb : duckDb.substring(0, parameters)) {
      case "VARCHAR" -> TypeName.STRING;
      case "BLOB" -> TypeName.BYTES;
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UBIGINT",
          "UINTEGER",
          "\"NULL\"" ->
          TypeName.INT64;
      case "DOUBLE", "FLOAT" -> TypeName.FLOAT64;
      case "BOOLEAN" -> TypeName.BOOL;
      case "TIMESTAMP WITH TIME ZONE" -> TypeName.TIMESTAMP;
      case "TIMESTAMP" -> TypeName.DATETIME;
      case "DATE" -> TypeName.DATE;
      case "TIME" -> TypeName.TIME;
      case "DECIMAL" -> TypeName.NUMERIC;
      case "JSON" -> TypeName.JSON;
      default -> throw RefusedException.notCovered("results of DuckDB's type " + duckDb);
    };
  }

  private static Object cell(Column column, ResultSet row, int index) throws SQLException {
    TypeName type = column.type().name();
    if (column.repeated()) {
      Array array = row.getArray(index);
      List<Object> items = new ArrayList<>();
      if (array != null) {
        for (Object item : (Object[]) array.getArray()) {
          items.add(item == null ? null : text(type, item));
        }
      }
      return items;
    }
    Object value =
        switch (type) {
          case STRING, BIGNUMERIC, JSON -> row.getString(index);
          case BYTES -> row.getBytes(index);
          case DATETIME -> row.getObject(index, LocalDateTime.class);
          default -> row.getObject(index);
        };
    return value == null ? null : text(type, value);
  }

  private static Object text(TypeName type, Object value) {
    return switch (type) {
      case TIMESTAMP -> micros((OffsetDateTime) value);
      case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
      case NUMERIC -> plain((BigDecimal) value);
      case DATETIME, TIME -> time(value.toString());
      default -> value.toString();
    };
  }

  private static long micros(OffsetDateTime moment) {
    return Math.addExact(
        Math.multiplyExact(moment.toEpochSecond(), 1_000_000L),
        moment.withOffsetSameInstant(ZoneOffset.UTC).get(ChronoField.MICRO_OF_SECOND));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Java leaves out a zero second, BigQuery does not. */
  private static String time(String text) {
    return text.indexOf(':') == text.lastIndexOf(':') ? text + ":00" : text;
  }
}
