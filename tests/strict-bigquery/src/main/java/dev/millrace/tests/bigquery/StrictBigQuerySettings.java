package dev.millrace.tests.bigquery;

import dev.millrace.tests.bigquery.quotas.Limits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How a strict BigQuery is to be.
 *
 * @param storage where {@code gs://} is read from, such as {@code http://127.0.0.1:4443}; null for
 *     nowhere
 * @param port 0 for any that is free
 * @param loadTime how long a load job takes besides its work; by the machine's clock, always
 * @param clock tells the time for quotas, creation times and jobs' statistics
 */
public record StrictBigQuerySettings(
    URI storage, int port, Duration loadTime, Limits limits, Clock clock) {
  public StrictBigQuerySettings {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(clock, "clock");
    if (loadTime.isNegative()) {
      throw new IllegalArgumentException("loadTime is negative: " + loadTime);
    }
  }

  /** Any port, load jobs that take no longer than their work, documented quotas, real time. */
  public static StrictBigQuerySettings of(URI storage) {
    return new StrictBigQuerySettings(
        storage, 0, Duration.ZERO, Limits.documented(), Clock.systemUTC());
  }

  public StrictBigQuerySettings withStorage(URI other) {
    return new StrictBigQuerySettings(other, port, loadTime, limits, clock);
  }

  public StrictBigQuerySettings withPort(int other) {
    return new StrictBigQuerySettings(storage, other, loadTime, limits, clock);
  }

  public StrictBigQuerySettings withLoadTime(Duration other) {
    return new StrictBigQuerySettings(storage, port, other, limits, clock);
  }

  public StrictBigQuerySettings withLimits(Limits other) {
    return new StrictBigQuerySettings(storage, port, loadTime, other, clock);
  }

  public StrictBigQuerySettings withClock(Clock other) {
    return new StrictBigQuerySettings(storage, port, loadTime, limits, other);
  }
}
