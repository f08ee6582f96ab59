package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What both warehouses take as a value of a column, in newline JSON (design, "Parts"). */
final class PhysicalFit {
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);
  private static final BigDecimal WEI_END = BigDecimal.TEN.pow(38);
  private static final BigDecimal DECIMAL_END = BigDecimal.TEN.pow(29);

  private PhysicalFit() {}

  static boolean holds(DataType type, JsonNode value) {
    try {
      return switch (type) {
        case TEXT -> isText(value);
        case BIGINT -> isBigint(value);
        case DOUBLE -> value.isNumber() && Double.isFinite(value.decimalValue().doubleValue());
        case BOOL -> value.isBoolean();
        case TIMESTAMP ->
            isText(value)
                && TIMESTAMP.matcher(value.asString()).matches()
                && value.asString().compareTo("0001") > 0
                && Instant.parse(value.asString()) != null;
        case DATE -> isText(value) && LocalDate.parse(value.asString()).getYear() >= 1;
        case TIME ->
            isText(value)
                && TIME.matcher(value.asString()).matches()
                && LocalTime.parse(value.asString()) != null;
        case DECIMAL -> isDecimal(value, 9, DECIMAL_END);
        case WEI -> isDecimal(value, 0, WEI_END);
        case BINARY -> isText(value) && Base64.getDecoder().decode(value.asString()) != null;
        case JSON -> isJson(value);
      };
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isBigint(JsonNode value) {
    String text = value.isString() ? value.asString() : value.isNumber() ? value.toString() : "";
    if (!INTEGER.matcher(text).matches()) {
      return false;
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < 64 && (value.isString() || number.abs().compareTo(EXACT) <= 0);
  }

  private static boolean isDecimal(JsonNode value, int scale, BigDecimal end) {
    if (!value.isString() || !DECIMAL.matcher(value.asString()).matches()) {
      return false;
    }
    BigDecimal number = new BigDecimal(value.asString());
    return number.stripTrailingZeros().scale() <= scale && number.abs().compareTo(end) < 0;
  }

  private static boolean isText(JsonNode value) {
    return value.isString() && isClean(value.asString());
  }

  /** Departure M16: clean strings, and numbers that 64 bits or a double hold. */
  private static boolean isJson(JsonNode value) {
    if (value.isString()) {
      return isClean(value.asString());
    }
    if (value.isNumber()) {
      return survives(value);
    }
    for (String key : value.propertyNames()) {
      if (!isClean(key)) {
        return false;
      }
    }
    for (JsonNode each : value.values()) {
      if (!isJson(each)) {
        return false;
      }
    }
    return true;
  }

  private static boolean survives(JsonNode number) {
    if (number.isIntegralNumber() && number.bigIntegerValue().bitLength() <= 64) {
      return true;
    }
    BigDecimal exact = number.decimalValue();
    double value = exact.doubleValue();
    return Double.isFinite(value) && new BigDecimal(Double.toString(value)).compareTo(exact) == 0;
  }

  /** No NUL and no lone surrogate. */
  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == 0 || Character.isSurrogate(c) && !pair) {
        return false;
      }
      i += pair ? 1 : 0;
    }
    return true;
  }
}
