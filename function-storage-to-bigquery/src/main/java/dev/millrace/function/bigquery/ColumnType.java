package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;

/** dlt's types as BigQuery has them (spec, "Physical types"), and back. */
final class ColumnType {
  private static final int DEFAULT_DIGITS = 38;
  private static final int DEFAULT_SCALE = 9;
  private static final int NUMERIC_WHOLE_DIGITS = 29;
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_DIGITS = 38;

  private ColumnType() {}

  /** The type of a new column, in SQL. */
  static String sql(Column column) {
    return switch (column.type()) {
      case TEXT -> sized("STRING", column);
      case BIGINT -> "INT64";
      case DOUBLE -> "FLOAT64";
      case BOOL -> "BOOL";
      case TIMESTAMP -> "TIMESTAMP";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DECIMAL -> decimal(column);
      case WEI -> "BIGNUMERIC";
      case BINARY -> sized("BYTES", column);
      case JSON -> "JSON";
    };
  }

  /**
   * What dlt would call the type of a column that is there, or null where our rows have nothing
   * that goes into it: arrays, structs and types that dlt has no name for, DATETIME among them, for
   * it takes no time zone.
   */
  static DataType dlt(Field field) {
    if (field.getMode() == Field.Mode.REPEATED) {
      return null;
    }
    StandardSQLTypeName type = field.getType().getStandardType();
    return switch (type) {
      case STRING -> DataType.TEXT;
      case INT64 -> DataType.BIGINT;
      case FLOAT64 -> DataType.DOUBLE;
      case BOOL -> DataType.BOOL;
      case TIMESTAMP -> DataType.TIMESTAMP;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case NUMERIC -> DataType.DECIMAL;
      case BIGNUMERIC -> DataType.WEI;
      case BYTES -> DataType.BINARY;
      case JSON -> DataType.JSON;
      default -> null;
    };
  }

  /** The type of a column that is there, in SQL. */
  static String sql(Field field) {
    StandardSQLTypeName type = field.getType().getStandardType();
    return field.getMode() == Field.Mode.REPEATED ? "ARRAY<" + type + ">" : type.toString();
  }

  /**
   * Whether a column that is there takes values of a type. BIGNUMERIC is what wide decimals are.
   */
  static boolean takes(DataType there, DataType wanted) {
    return there == wanted || there == DataType.WEI && wanted == DataType.DECIMAL;
  }

  private static String sized(String type, Column column) {
    Integer precision = column.number("precision");
    return precision == null ? type : "%s(%d)".formatted(type, precision);
  }

  /** dlt's defaults, each by itself; a number that NUMERIC has no place for is a BIGNUMERIC. */
  private static String decimal(Column column) {
    Integer precision = column.number("precision");
    Integer scale = column.number("scale");
    int digits = precision == null ? DEFAULT_DIGITS : precision;
    int fraction = scale == null ? Math.min(DEFAULT_SCALE, digits) : scale;
    if (fraction <= NUMERIC_SCALE && digits - fraction <= NUMERIC_WHOLE_DIGITS) {
      return "NUMERIC(%d,%d)".formatted(digits, fraction);
    }
    boolean fits = fraction <= BIGNUMERIC_DIGITS && digits - fraction <= BIGNUMERIC_DIGITS;
    return fits ? "BIGNUMERIC(%d,%d)".formatted(digits, fraction) : "BIGNUMERIC";
  }
}
