package dev.millrace.cli.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Money as a person reads it: as many digits as matter. */
final class Usd {
  private Usd() {}

  /** {@code $1,125}, {@code $36.67}, {@code $0.123}, {@code $0}. */
  static String text(double usd) {
    return "$" + digits(usd);
  }

  /** For a column of money: to the cent. */
  static BigDecimal cell(double usd) {
    return BigDecimal.valueOf(usd).setScale(2, RoundingMode.HALF_UP);
  }

  /** For programs: a millionth of a dollar is the last digit. */
  static BigDecimal exact(double usd) {
    BigDecimal rounded = BigDecimal.valueOf(usd).setScale(6, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private static String digits(double usd) {
    if (usd >= 999.5) {
      return String.format(Locale.ROOT, "%,.0f", usd);
    }
    if (usd >= 0.995) {
      return String.format(Locale.ROOT, "%.2f", usd);
    }
    return usd < 0.0005 ? "0" : String.format(Locale.ROOT, "%.3f", usd);
  }
}
