package dev.millrace.normalizer.types;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.IntPredicate;

/** What Python makes of text, and text of values: dlt's results show it (spec 3.3, 8). */
public final class PythonText {
  private static final int FIRST_EXPONENT_WRITTEN = 16;
  private static final int TANGSA_ZERO = 0x16AC0;

  private PythonText() {}

  /** {@code text} without Unicode white space at both ends, as {@code str.strip} takes it. */
  public static String strip(String text) {
    return strip(text, PythonText::isSpace);
  }

  /** As {@link #strip(String)}, but {@code float} and {@code int} do not know the separators. */
  static String stripNumber(String text) {
    return strip(text, character -> isSpace(character) && !(character >= 0x1C && character < 0x20));
  }

  private static String strip(String text, IntPredicate space) {
    int from = 0;
    int to = text.length();
    while (from < to && space.test(text.charAt(from))) {
      from++;
    }
    while (from < to && space.test(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Whether {@code text} is empty or nothing but what {@link #strip} takes away. */
  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(int character) {
    if (character < 0x80) {
      return character == ' '
          || character >= 0x09 && character <= 0x0D
          || character >= 0x1C && character <= 0x1F;
    }
    return switch (character) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> character >= 0x2000 && character <= 0x200A;
    };
  }

  /**
   * Whether {@code codePoint} is a decimal digit (Nd) of Unicode 14, which is Python 3.11's. What
   * other versions of Java know more or less is made up for: no name depends on the Java that makes
   * it.
   */
  public static boolean isDecimalDigit(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint >= '0' && codePoint <= '9';
    }
    return isTangsaDigit(codePoint) || Character.isDigit(codePoint) && !isLaterDigit(codePoint);
  }

  /** New in Unicode 14, unknown to Java 17. */
  private static boolean isTangsaDigit(int codePoint) {
    return codePoint >= TANGSA_ZERO && codePoint <= TANGSA_ZERO + 9;
  }

  private static boolean isLaterDigit(int codePoint) {
    return codePoint >= 0x10D40 && codePoint <= 0x10D49
        || codePoint >= 0x116D0 && codePoint <= 0x116E3
        || codePoint >= 0x11BF0 && codePoint <= 0x11BF9
        || codePoint >= 0x11DE0 && codePoint <= 0x11DE9
        || codePoint >= 0x11F50 && codePoint <= 0x11F59
        || codePoint >= 0x16130 && codePoint <= 0x16139
        || codePoint >= 0x16D70 && codePoint <= 0x16D79
        || codePoint >= 0x1CCF0 && codePoint <= 0x1CCF9
        || codePoint >= 0x1E4F0 && codePoint <= 0x1E4F9
        || codePoint >= 0x1E5F1 && codePoint <= 0x1E5FA;
  }

  /** {@code text} with every decimal digit as ASCII; null if another character is not ASCII. */
  static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (character < 0x80) {
        ascii.append((char) character);
      } else if (isDecimalDigit(character)) {
        int digit =
            isTangsaDigit(character) ? character - TANGSA_ZERO : Character.digit(character, 10);
        ascii.append((char) ('0' + digit));
      } else {
        return null;
      }
      i += Character.charCount(character);
    }
    return ascii.toString();
  }

  /** {@code True} or {@code False}. */
  public static String of(boolean value) {
    return value ? "True" : "False";
  }

  /**
   * Python's {@code repr}: the shortest text that reads back as {@code value}, such as {@code 1.0},
   * {@code 1e+16}, {@code 1e-07}; valid JSON where {@code value} is finite.
   */
  public static String of(double value) {
    return layout(value, -5, "%s%se%s%02d");
  }

  /** The same as orjson writes it into JSON: {@code 0.00001} and {@code 1e-7}. */
  public static String json(double value) {
    return layout(value, -6, "%s%se%s%d");
  }

  private static String layout(double value, int smallExponent, String scientific) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent > smallExponent && exponent < FIRST_EXPONENT_WRITTEN) {
      String plain = shortest.toPlainString();
      return sign + (shortest.scale() > 0 ? plain : plain + ".0");
    }
    String digits = shortest.unscaledValue().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return scientific.formatted(sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * The decimal with the fewest digits that reads back as {@code value}, and of those the nearest.
   * Java's own text has sometimes a digit too many before Java 19.
   */
  static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int digits = best.precision(); digits > 0; digits--) {
      BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      // Above a power of two the interval is wider than below: the second nearest may do.
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      if (nearest.doubleValue() == value) {
        best = nearest;
      } else if (above.doubleValue() == value) {
        best = above;
      } else {
        break;
      }
    }
    return best.stripTrailingZeros();
  }
}
