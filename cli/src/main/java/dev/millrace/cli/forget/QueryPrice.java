package dev.millrace.cli.forget;

import java.util.Locale;

/**
 * What BigQuery bills for reading: $6.25 a TiB on demand (US and EU list price of August 2025), the
 * first TiB of a month free, at least 10 MiB a table and statement. Capacity (slots) is billed
 * otherwise.
 */
final class QueryPrice {
  private static final double DOLLARS_PER_TIB = 6.25;
  private static final double TIB = 1L << 40;

  private QueryPrice() {}

  static double dollars(long billedBytes) {
    return billedBytes / TIB * DOLLARS_PER_TIB;
  }

  /** {@code $0.0073}, {@code $12.50}. */
  static String text(long billedBytes) {
    double dollars = dollars(billedBytes);
    return String.format(Locale.ROOT, dollars < 0.1 ? "$%.4f" : "$%.2f", dollars);
  }
}
