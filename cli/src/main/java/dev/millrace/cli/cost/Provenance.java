package dev.millrace.cli.cost;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Where a price comes from.
 *
 * @param source an address, and who quoted it if not the seller
 * @param date when it stood there
 * @param note what else to know; may be empty
 */
record Provenance(String source, LocalDate date, String note) {
  /** Prices change rarely; half a year without a look is too long to budget by. */
  static final int OLD_DAYS = 180;

  /** Of a price that was seen where it is tomorrow already, 0. */
  long ageDays(LocalDate today) {
    return Math.max(0, ChronoUnit.DAYS.between(date, today));
  }

  boolean isOld(LocalDate today) {
    return ageDays(today) > OLD_DAYS;
  }
}
