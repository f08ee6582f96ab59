package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when something may take.
 *
 * @param at the moment by {@code clock}
 */
record Deadline(Clock clock, Instant at) {
  static Deadline in(Clock clock, Duration time) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /** How long there still is; zero once it has passed. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }

  boolean hasPassed() {
    return left().isZero();
  }

  /**
   * Waits, at most until the deadline.
   *
   * @throws LoadException {@link LoadError#OUT_OF_TIME} if the thread is told to stop
   */
  void pause(Duration time) throws LoadException {
    Duration left = left();
    try {
      Thread.sleep(time.compareTo(left) < 0 ? time.toMillis() : left.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(LoadError.OUT_OF_TIME, "told to stop while waiting for BigQuery", e);
    }
  }
}
