package dev.millrace.normalizer.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that Python's {@code int}, {@code float} and {@code Decimal} take for numbers, and with
 * them dlt (spec 3.3, 8): white space around, underscores, digits of any script, and {@code 0x}.
 */
public final class PythonNumbers {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?<sign>[+-])?(?:(?<whole>[0-9]++)(?:\\.(?<part>[0-9]*+))?|\\.(?<only>[0-9]++))"
              + "(?:[eE](?<exponent>[+-]?[0-9]++))?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("(?<sign>[+-])?(?:(?<nan>nan)|inf(?:inity)?)", Pattern.CASE_INSENSITIVE);

  /** Python refuses longer ones, for the time they would take. */
  private static final int MAX_INTEGER_DIGITS = 4300;

  /** 2¹⁰²⁴ has more: neither a double nor any column holds it. */
  private static final int MAX_HEX_DIGITS = 256;

  /** More than any decimal type has, so that what is longer fits no column. */
  private static final int MAX_DECIMAL_DIGITS = 100;

  private static final int MAX_EXPONENT_LENGTH = 9;

  private PythonNumbers() {}

  /** What dlt makes of a text in a bigint column; null if it is no integer to Python. */
  public static BigInteger toInteger(String text) {
    String trimmed = PythonText.strip(text);
    return trimmed.startsWith("0x") ? parseHex(trimmed.substring(2)) : parseInt(trimmed);
  }

  /**
   * What dlt makes of a text in a double column, NaN and infinities included; null if it is no
   * number to Python, or a hexadecimal one that is beyond doubles.
   */
  public static Double toDouble(String text) {
    String trimmed = PythonText.strip(text);
    if (!trimmed.startsWith("0x")) {
      return parseFloat(trimmed);
    }
    BigInteger integer = parseHex(trimmed.substring(2));
    return integer == null || Double.isInfinite(integer.doubleValue())
        ? null
        : Double.valueOf(integer.doubleValue());
  }

  /**
   * What dlt makes of a text in a decimal or wei column; null if it is no number to Python, not a
   * finite one, or has more than 100 significant digits.
   */
  public static BigDecimal toDecimal(String text) {
    String trimmed = PythonText.strip(text);
    if (trimmed.startsWith("0x")) {
      BigInteger integer = parseHex(trimmed.substring(2));
      return integer == null ? null : new BigDecimal(integer);
    }
    String ascii = PythonText.asciiDigits(trimmed);
    if (ascii == null) {
      return null;
    }
    Matcher match = DECIMAL.matcher(ascii.replace("_", ""));
    return match.matches() ? decimal(match) : null;
  }

  /** Python's {@code float(text)}; null if it raises. */
  public static Double parseFloat(String text) {
    String digits = withoutUnderscores(PythonText.asciiDigits(PythonText.stripNumber(text)));
    if (digits == null) {
      return null;
    }
    if (DECIMAL.matcher(digits).matches()) {
      return Double.valueOf(digits);
    }
    Matcher special = NOT_FINITE.matcher(digits);
    if (!special.matches()) {
      return null;
    }
    if (special.group("nan") != null) {
      return Double.NaN;
    }
    return "-".equals(special.group("sign")) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  private static BigInteger parseInt(String trimmed) {
    String digits = withoutUnderscores(PythonText.asciiDigits(trimmed));
    if (digits == null || !INTEGER.matcher(digits).matches()) {
      return null;
    }
    int sign = Character.isDigit(digits.charAt(0)) ? 0 : 1;
    return digits.length() - sign > MAX_INTEGER_DIGITS ? null : new BigInteger(digits);
  }

  /** Python's {@code int(text, 16)}, which takes a sign and a second {@code 0x}. */
  private static BigInteger parseHex(String text) {
    String ascii = PythonText.asciiDigits(PythonText.stripNumber(text));
    if (ascii == null) {
      return null;
    }
    int at = ascii.startsWith("+") || ascii.startsWith("-") ? 1 : 0;
    boolean negative = ascii.startsWith("-");
    if (ascii.startsWith("0x", at) || ascii.startsWith("0X", at)) {
      at += 2;
      at += ascii.startsWith("_", at) ? 1 : 0;
    }
    StringBuilder digits = new StringBuilder();
    boolean afterDigit = false;
    for (; at < ascii.length(); at++) {
      char character = ascii.charAt(at);
      boolean digit = Character.digit(character, 16) >= 0;
      if (!digit && !(character == '_' && afterDigit)) {
        return null;
      }
      if (digit && (character != '0' || !digits.isEmpty())) {
        digits.append(character);
      }
      afterDigit = digit;
    }
    if (!afterDigit || digits.length() > MAX_HEX_DIGITS) {
      return null;
    }
    BigInteger magnitude =
        digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits.toString(), 16);
    return negative ? magnitude.negate() : magnitude;
  }

  private static BigDecimal decimal(Matcher match) {
    String whole = match.group("whole") == null ? "" : match.group("whole");
    String part = match.group("only") == null ? match.group("part") : match.group("only");
    String digits = part == null ? whole : whole + part;
    int from = 0;
    while (from < digits.length() && digits.charAt(from) == '0') {
      from++;
    }
    int to = digits.length();
    while (to > from && digits.charAt(to - 1) == '0') {
      to--;
    }
    String exponent = match.group("exponent") == null ? "0" : match.group("exponent");
    if (to - from > MAX_DECIMAL_DIGITS || exponent.length() > MAX_EXPONENT_LENGTH) {
      return null;
    }
    if (from == to) {
      return BigDecimal.ZERO;
    }
    BigInteger unscaled = new BigInteger(digits.substring(from, to));
    int scale = to - whole.length() - Integer.parseInt(exponent);
    return new BigDecimal("-".equals(match.group("sign")) ? unscaled.negate() : unscaled, scale);
  }

  /** The text without its underscores, each of which must stand between digits; else null. */
  private static String withoutUnderscores(String ascii) {
    if (ascii == null || ascii.indexOf('_') < 0) {
      return ascii;
    }
    for (int i = ascii.indexOf('_'); i >= 0; i = ascii.indexOf('_', i + 1)) {
      boolean between =
          i > 0
              && i + 1 < ascii.length()
              && Character.isDigit(ascii.charAt(i - 1))
              && Character.isDigit(ascii.charAt(i + 1));
      if (!between) {
        return null;
      }
    }
    return ascii.replace("_", "");
  }
}
