package dev.millrace.cli.cost;

import java.util.Locale;

/**
 * What BigQuery bills on demand for reading, by the price list that comes with the program; who
 * pays for slots is billed otherwise. The month's free TiB is not taken off. Immutable.
 */
public final class QueryPrice {
  private static final double GIB = 1L << 30;

  private final Price price;

  private QueryPrice(Price price) {
    this.price = price;
  }

  /** The list price of the price list's default region. */
  public static QueryPrice shipped() {
    return new QueryPrice(PriceFile.shipped().of(null).of(Item.BIGQUERY_QUERY));
  }

  /** In USD. */
  public double of(long billedBytes) {
    return price.list(billedBytes / GIB);
  }

  /** {@code $0.0073}, {@code $12.50}. */
  public String text(long billedBytes) {
    double usd = of(billedBytes);
    return String.format(Locale.ROOT, usd < 0.1 ? "$%.4f" : "$%.2f", usd);
  }
}
