package dev.millrace.normalizer.types;

import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.Coerced.Stored;
import dev.millrace.normalizer.types.Coerced.Variant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * dlt's matrix of column types and values (spec 3.3) with departures M4, M5, M6 and M8. Made for
 * the value that is not of its column's type: it allocates.
 */
public final class Coercion {
  private static final int DEFAULT_PRECISION = 38;
  private static final int DEFAULT_SCALE = 9;
  private static final int WEI_DIGITS = 38;
  private static final long LARGEST_AS_NUMBER = 1L << 53;

  private Coercion() {}

  /** The type of a new column whose first value this is (spec 3.1, 3.2). */
  public static DataType inferred(RawValue value) {
    boolean timestamp =
        value.kind() == RawValue.Kind.STRING
            && Timestamps.detect(value.text()) != Timestamps.NOT_A_TIMESTAMP;
    return timestamp ? DataType.TIMESTAMP : variantType(value);
  }

  /**
   * The type of the variant that takes the value where its column does not: its JSON type, but
   * {@code wei} for an integer beyond signed 64 bits; text for a number that no number type holds
   * (departures M4, M5).
   */
  public static DataType variantType(RawValue value) {
    return switch (value.kind()) {
      case BOOL -> DataType.BOOL;
      case JSON -> DataType.JSON;
      case STRING -> DataType.TEXT;
      case FLOAT -> isUnstorable(value) ? DataType.TEXT : DataType.DOUBLE;
      case INT -> {
        if (isUnstorable(value)) {
          yield DataType.TEXT;
        }
        yield isLong(new BigInteger(value.text())) ? DataType.BIGINT : DataType.WEI;
      }
    };
  }

  /**
   * What becomes of the value in an existing column. A number that no number type holds counts as
   * the string that it is written as (departure M4).
   *
   * @param column the column's type
   * @param precision of a decimal column; null means 38
   * @param scale of a decimal column; null means 9
   */
  public static Coerced coerce(RawValue value, DataType column, Integer precision, Integer scale) {
    RawValue held = isUnstorable(value) ? new RawValue(RawValue.Kind.STRING, value.text()) : value;
    String stored =
        switch (column) {
          case TEXT -> JsonString.quote(text(held));
          case BIGINT -> bigint(held);
          case DOUBLE -> number(held);
          case BOOL -> bool(held);
          case TIMESTAMP -> timestamp(held);
          case DATE -> date(held);
          case TIME -> time(held);
          case DECIMAL ->
              decimal(
                  held,
                  precision == null ? DEFAULT_PRECISION : precision,
                  scale == null ? DEFAULT_SCALE : scale);
          case WEI -> decimal(held, WEI_DIGITS, 0);
          case BINARY -> Binary.of(held);
          case JSON -> json(held);
        };
    return stored == null ? new Variant(variantType(held)) : new Stored(stored);
  }

  private static boolean isUnstorable(RawValue value) {
    return switch (value.kind()) {
      case INT -> value.text().length() - (value.text().startsWith("-") ? 1 : 0) > WEI_DIGITS;
      case FLOAT -> Double.isInfinite(Double.parseDouble(value.text()));
      case BOOL, STRING, JSON -> false;
    };
  }

  private static String text(RawValue value) {
    return switch (value.kind()) {
      case BOOL -> PythonText.of(isTrue(value));
      case INT -> value.text().equals("-0") ? "0" : value.text();
      case FLOAT -> PythonText.of(Double.parseDouble(value.text()));
      case STRING -> value.text();
      case JSON -> JsonText.forText(value.text());
    };
  }

  private static String bigint(RawValue value) {
    BigInteger integer =
        switch (value.kind()) {
          case INT -> new BigInteger(value.text());
          case FLOAT -> whole(Double.parseDouble(value.text()));
          case STRING -> PythonNumbers.toInteger(value.text());
          case BOOL, JSON -> null;
        };
    if (integer == null || !isLong(integer)) {
      return null;
    }
    long number = integer.longValue();
    boolean readAsWritten = number >= -LARGEST_AS_NUMBER && number <= LARGEST_AS_NUMBER;
    return readAsWritten ? Long.toString(number) : "\"" + number + '"';
  }

  private static BigInteger whole(double number) {
    return number == Math.rint(number) ? new BigDecimal(number).toBigInteger() : null;
  }

  private static String number(RawValue value) {
    Double number =
        switch (value.kind()) {
          case INT, FLOAT -> Double.valueOf(value.text());
          case STRING -> PythonNumbers.toDouble(value.text());
          case BOOL, JSON -> null;
        };
    return number == null || !Double.isFinite(number) ? null : PythonText.of(number);
  }

  private static String bool(RawValue value) {
    return switch (value.kind()) {
      case BOOL -> value.text();
      case INT, FLOAT -> String.valueOf(Double.parseDouble(value.text()) != 0);
      case STRING ->
          switch (value.text().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "t", "y", "1" -> "true";
            case "no", "false", "f", "n", "0" -> "false";
            default -> null;
          };
      case JSON -> null;
    };
  }

  private static String timestamp(RawValue value) {
    long micros = instant(value);
    if (micros == Timestamps.NOT_A_TIMESTAMP) {
      return null;
    }
    byte[] text = new byte[TimestampFormat.TIMESTAMP_LENGTH];
    TimestampFormat.writeTimestamp(micros, text, 0);
    return quoted(text);
  }

  private static String date(RawValue value) {
    long micros = instant(value);
    if (micros == Timestamps.NOT_A_TIMESTAMP) {
      return null;
    }
    byte[] text = new byte[TimestampFormat.DATE_LENGTH];
    TimestampFormat.writeDate(micros, text, 0);
    return quoted(text);
  }

  private static String time(RawValue value) {
    long micros =
        value.kind() == RawValue.Kind.STRING
            ? Timestamps.timeOfDay(value.text())
            : Timestamps.NOT_A_TIMESTAMP;
    if (micros == Timestamps.NOT_A_TIMESTAMP) {
      return null;
    }
    byte[] text = new byte[TimestampFormat.TIME_LENGTH];
    TimestampFormat.writeTime(micros, text, 0);
    return quoted(text);
  }

  private static long instant(RawValue value) {
    return switch (value.kind()) {
      case INT -> {
        BigInteger seconds = new BigInteger(value.text());
        yield isLong(seconds)
            ? Timestamps.ofSeconds(seconds.longValue())
            : Timestamps.NOT_A_TIMESTAMP;
      }
      case FLOAT -> Timestamps.ofSeconds(Double.parseDouble(value.text()));
      case STRING -> Timestamps.lenient(value.text());
      case BOOL, JSON -> Timestamps.NOT_A_TIMESTAMP;
    };
  }

  private static String decimal(RawValue value, int precision, int scale) {
    BigDecimal number =
        switch (value.kind()) {
          case INT -> PythonNumbers.toDecimal(value.text());
          case FLOAT -> PythonNumbers.toDecimal(PythonText.of(Double.parseDouble(value.text())));
          case STRING -> PythonNumbers.toDecimal(value.text());
          case BOOL, JSON -> null;
        };
    if (number == null) {
      return null;
    }
    BigDecimal shortest = number.stripTrailingZeros();
    boolean fits =
        shortest.scale() <= scale && shortest.precision() - shortest.scale() <= precision - scale;
    return fits ? '"' + shortest.toPlainString() + '"' : null;
  }

  private static String json(RawValue value) {
    return switch (value.kind()) {
      case JSON -> JsonText.forColumn(value.text());
      case STRING -> JsonText.ofString(value.text());
      case BOOL, INT, FLOAT -> null;
    };
  }

  private static boolean isTrue(RawValue value) {
    return value.text().equals("true");
  }

  private static boolean isLong(BigInteger integer) {
    return integer.bitLength() < Long.SIZE;
  }

  private static String quoted(byte[] ascii) {
    return '"' + new String(ascii, StandardCharsets.US_ASCII) + '"';
  }
}
