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

  /** Whether the load may have had jobs that are forgotten: its batch is that old. */
  boolean mayHaveLost(String loadId) {
    return isOld(LoadTime.of(loadId));
  }

  /** Whether jobs that are forgotten may have loaded into the table: it is that old. */
  boolean mayHaveLost(KnownTable table) {
    return isOld(Instant.ofEpochMilli(table.createdMillis()));
  }

  private boolean isOld(Instant time) {
    return time.isBefore(clock.instant().minus(COUNTED_ON));
  }
}
