package dev.millrace.function.bigquery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What BigQuery surely remembers of its jobs. It keeps their history for six months ("Introduction
 * to BigQuery jobs"); counted on is much less. Thread-safe.
 */
record JobMemory(Clock clock) {
  private static final Duration COUNTED_ON = Duration.ofDays(30);

  /** Whether jobs of the load may be forgotten: its batch is old. */
  boolean mayLack(String loadId) {
    return isOld(LoadTime.of(loadId));
  }

  /** Whether jobs that loaded it into the table may be forgotten: both are old. */
  boolean mayLack(String loadId, KnownTable table) {
    return mayLack(loadId) && isOld(Instant.ofEpochMilli(table.createdMillis()));
  }

  private boolean isOld(Instant time) {
    return time.isBefore(clock.instant().minus(COUNTED_ON));
  }
}
