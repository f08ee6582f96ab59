package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.Column;
import dev.millrace.tests.bigquery.catalog.ColumnType;
import dev.millrace.tests.bigquery.catalog.TypeName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a column's value from JSON as load jobs do (docs pages "Loading JSON data from Cloud
 * Storage" and "Data types"). Where the docs leave open whether a value of another JSON type is
 * converted, it is refused: what passes here must pass there.
 */
final class Values {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal SHORTEST = BigDecimal.valueOf(Long.MIN_VALUE);

  private Values() {}

  /**
   * The value at the parser's place: Boolean, Long, Double, String, byte[], BigDecimal, LocalDate,
   * LocalTime, and for TIMESTAMP and DATETIME a Long of microseconds.
   */
  static Object read(Column column, JsonParser json) throws RowException {
    JsonToken token = json.currentToken();
    if (column.type().name() == TypeName.JSON) {
      return JsonValues.read(column, json);
    }
    if (token.isStructStart()) {
      json.skipChildren();
      throw new RowException(
          "%s specified for non-record field: %s"
              .formatted(token == JsonToken.START_ARRAY ? "Array" : "JSON object", column.name()));
    }
    String text = json.getString();
    Object value =
        switch (token) {
          case VALUE_STRING -> ofString(column, text);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ofNumber(column, text);
          case VALUE_TRUE, VALUE_FALSE ->
              column.type().name() == TypeName.BOOL ? Boolean.valueOf(text) : null;
          default -> null;
        };
    if (value == null) {
      throw unconvertible(column, text);
    }
    return value;
  }

  private static Object ofString(Column column, String text) throws RowException {
    ColumnType type = column.type();
    return switch (type.name()) {
      case STRING -> {
        checkLength(column, text.codePointCount(0, text.length()));
        yield text;
      }
      case BYTES -> bytes(column, text);
      case BOOL ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
          };
      case INT64, NUMERIC, BIGNUMERIC -> ofNumber(column, text);
      case FLOAT64 -> float64(text);
      case TIMESTAMP -> Timestamps.timestamp(text);
      case DATETIME -> Timestamps.dateTime(text);
      case DATE -> Timestamps.date(text);
      case TIME -> Timestamps.time(text);
      case JSON -> throw new IllegalStateException("read elsewhere");
    };
  }

  private static Object ofNumber(Column column, String text) throws RowException {
    return switch (column.type().name()) {
      case INT64 -> int64(column, text);
      case FLOAT64 -> float64(text);
      case NUMERIC, BIGNUMERIC -> decimal(column, text);
      case TIMESTAMP -> Timestamps.timestamp(new BigDecimal(text));
      default -> null;
    };
  }

  private static Long int64(Column column, String text) throws RowException {
    if (!text.matches("[+-]?\\d{1,400}")) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(LONGEST) > 0 || value.compareTo(SHORTEST) < 0) {
      throw new RowException(
          "Value is out of range for integer. Field: %s; Value: %s".formatted(column.name(), text));
    }
    return value.longValue();
  }

  private static Double float64(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
          yield null;
        }
        Double value = Double.valueOf(text);
        yield value.isInfinite() ? null : value;
      }
    };
  }

  /**
   * A NUMERIC or BIGNUMERIC. Digits beyond the type's own scale are refused, those beyond a
   * parameter's are rounded half away from zero ("Data types", parameterized decimal types).
   */
  private static Object decimal(Column column, String text) throws RowException {
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
      return null;
    }
    ColumnType type = column.type();
    boolean big = type.name() == TypeName.BIGNUMERIC;
    int greatestScale = big ? 38 : 9;
    BigDecimal value = new BigDecimal(text);
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > greatestScale) {
      throw invalid(column, text);
    }
    if (type.precision() != null) {
      int scale = type.scale() == null ? 0 : type.scale();
      value = value.setScale(scale, RoundingMode.HALF_UP);
      checkWhole(column, value, type.precision() - scale, text);
    }
    if (!big) {
      checkWhole(column, value, 29, text);
      return value.setScale(greatestScale, RoundingMode.UNNECESSARY);
    }
    // ±5.78e38: the range of 256 bits at 38 digits after the point.
    if (value.abs().movePointRight(38).toBigInteger().bitLength() > 255) {
      throw invalid(column, text);
    }
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static void checkWhole(Column column, BigDecimal value, int digits, String text)
      throws RowException {
    if (value.abs().compareTo(BigDecimal.ONE.movePointRight(digits)) >= 0) {
      throw invalid(column, text);
    }
  }

  private static byte[] bytes(Column column, String text) throws RowException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      checkLength(column, bytes.length);
      return bytes;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void checkLength(Column column, int length) throws RowException {
    Integer greatest = column.type().precision();
    if (greatest != null && length > greatest) {
      throw new RowException(
          "Field %s: maximum length %d exceeded by a value of length %d"
              .formatted(column.name(), greatest, length));
    }
  }

  private static RowException unconvertible(Column column, String text) {
    return RowException.unconvertible(
        switch (column.type().name()) {
          case INT64 -> "integer";
          case FLOAT64 -> "double";
          case BOOL -> "boolean";
          default -> column.type().name().sql().toLowerCase(Locale.ROOT);
        },
        column.name(),
        text);
  }

  private static RowException invalid(Column column, String text) {
    return new RowException(
        "Invalid %s value: %s Field: %s; Value: %s"
            .formatted(column.type().sql(), text, column.name(), text));
  }
}
