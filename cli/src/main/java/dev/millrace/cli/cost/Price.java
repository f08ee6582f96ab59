package dev.millrace.cli.cost;

import java.math.BigDecimal;

/**
 * A list price.
 *
 * @param usd for one {@code per}
 * @param free how much is free each month, in the measure's own unit
 */
record Price(Item item, double usd, Unit per, double free, Provenance provenance) {
  Price {
    if (per.measure() != item.measure()) {
      throw new IllegalArgumentException(item.key() + " is not sold per " + per);
    }
  }

  /** What so much costs in USD, with nothing free. */
  double list(double quantity) {
    return quantity / per.size() * usd;
  }

  /** What so much costs in USD beyond what is free each month. */
  double billed(double quantity) {
    return list(Math.max(0, quantity - free));
  }

  /** {@code $40 per TiB}, {@code $0.00002 per vCPU-second}. */
  String text() {
    return "$"
        + new BigDecimal(Double.toString(usd)).stripTrailingZeros().toPlainString()
        + " per "
        + per;
  }
}
