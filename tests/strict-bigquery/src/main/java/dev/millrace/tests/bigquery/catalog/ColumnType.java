package dev.millrace.tests.bigquery.catalog;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import java.util.Objects;

/**
 * A column's type with its parameters.
 *
 * @param precision digits in all of a NUMERIC or BIGNUMERIC, or the greatest length of a STRING or
 *     BYTES; null where the type has none
 * @param scale digits after the point; null where the type has none
 */
public record ColumnType(TypeName name, Integer precision, Integer scale) {
  public ColumnType {
    Objects.requireNonNull(name, "name");
    boolean decimal = name == TypeName.NUMERIC || name == TypeName.BIGNUMERIC;
    boolean sized = decimal || name == TypeName.STRING || name == TypeName.BYTES;
    if (precision != null && !sized || scale != null && !decimal) {
      throw new RefusedException(Reason.INVALID, name.sql() + " does not support type parameters");
    }
    if (decimal && precision != null) {
      int greatestScale = name == TypeName.NUMERIC ? 9 : 38;
      int greatestWhole = name == TypeName.NUMERIC ? 29 : 38;
      int digits = scale == null ? 0 : scale;
      if (digits > greatestScale || precision < Math.max(1, digits)) {
        throw invalidParameters(name, precision, digits);
      }
      if (precision - digits > greatestWhole) {
        throw invalidParameters(name, precision, digits);
      }
    }
  }

  public static ColumnType of(TypeName name) {
    return new ColumnType(name, null, null);
  }

  /** As INFORMATION_SCHEMA.COLUMNS shows it. */
  public String sql() {
    if (precision == null) {
      return name.sql();
    }
    return name.sql() + "(" + precision + (scale == null ? "" : ", " + scale) + ")";
  }

  private static RefusedException invalidParameters(TypeName name, int precision, int scale) {
    return new RefusedException(
        Reason.INVALID,
        "Invalid type parameters: %s(%d, %d)".formatted(name.sql(), precision, scale));
  }
}
