package dev.millrace.tests.bigquery.catalog;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Partitioning of a table by a column of its own.
 *
 * @param expirationMillis null if partitions never expire. Expiry is kept and shown, never carried
 *     out
 */
public record Partitioning(String column, Granularity granularity, Long expirationMillis) {
  /** The length of a partition, with its name in the API. */
  public enum Granularity {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }

  public Partitioning {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(granularity, "granularity");
  }

  /** The number of the partition that a moment, in microseconds of the epoch, belongs to. */
  public long ofMicros(long micros) {
    if (granularity == Granularity.HOUR) {
      return Math.floorDiv(micros, 3_600_000_000L);
    }
    return ofDay(Math.floorDiv(micros, 86_400_000_000L));
  }

  /** The number of the partition that a day, counted from the epoch, belongs to. */
  public long ofDay(long epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    return switch (granularity) {
      case HOUR -> throw new IllegalStateException("a DATE has no hours");
      case DAY -> epochDay;
      case MONTH ->
          ChronoUnit.MONTHS.between(LocalDate.EPOCH.withDayOfMonth(1), day.withDayOfMonth(1));
      case YEAR -> day.getYear();
    };
  }
}
