package dev.millrace.normalizer.types;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number in JSON text.
 *
 * @param raw as written
 */
record JsonNumber(String raw) {
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.ONE.shiftLeft(63).negate();

  /** Beyond this a whole number has left 64 bits. */
  private static final int LONGEST_64_BITS = 20;

  boolean isInteger() {
    return raw.indexOf('.') < 0 && raw.indexOf('e') < 0 && raw.indexOf('E') < 0;
  }

  boolean isFinite() {
    return Double.isFinite(value());
  }

  /** In a json column: as a string, where 64 bits and a double would change it (departure M16). */
  String forColumn() {
    if (isIn64Bits()) {
      return integerText();
    }
    return isFinite() && survivesDouble() ? PythonText.json(value()) : '"' + raw + '"';
  }

  /** In a text column: what dlt's decoder and encoder leave of it; digits that they refuse stay. */
  String forText() {
    if (isInteger()) {
      return integerText();
    }
    return isFinite() ? PythonText.json(value()) : raw;
  }

  /** Alone in a string that enters a json column: what dlt's decoder and encoder leave of it. */
  String asDecoded() {
    return isIn64Bits() ? integerText() : PythonText.json(value());
  }

  private boolean isIn64Bits() {
    if (!isInteger() || raw.length() > LONGEST_64_BITS) {
      return false;
    }
    BigInteger integer = new BigInteger(raw);
    return integer.compareTo(MIN_SIGNED) >= 0 && integer.compareTo(MAX_UNSIGNED) <= 0;
  }

  private boolean survivesDouble() {
    BigDecimal exact = PythonNumbers.toDecimal(raw);
    double value = value();
    BigDecimal back = value == 0 ? BigDecimal.ZERO : PythonText.shortest(Math.abs(value));
    return exact != null && exact.abs().compareTo(back) == 0;
  }

  private String integerText() {
    return raw.equals("-0") ? "0" : raw;
  }

  private double value() {
    return Double.parseDouble(raw);
  }
}
