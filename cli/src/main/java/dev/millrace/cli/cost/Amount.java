package dev.millrace.cli.cost;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 1000000}, {@code 1,000,000}, {@code 250k}, {@code 1.5M} or {@code 2B}. */
final class Amount implements ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3}(?:,\\d{3})+|\\d{1,13}(?:\\.\\d{1,9})?)([kKmMbB]?)");
  private static final BigDecimal MOST = new BigDecimal("1e13");

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no number: write 1000000, 250k, 1.5M or 2B");
    }
    int zeros =
        switch (matcher.group(2)) {
          case "k", "K" -> 3;
          case "m", "M" -> 6;
          case "b", "B" -> 9;
          default -> 0;
        };
    BigDecimal amount = new BigDecimal(matcher.group(1).replace(",", "")).scaleByPowerOfTen(zeros);
    if (amount.compareTo(MOST) > 0 || amount.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException(
          "'" + text + "' is no whole number up to ten thousand billion");
    }
    return amount.longValueExact();
  }
}
