package dev.millrace.function.bigquery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: twice as long each time, half of it by chance. Used by one
 * thread.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 20_000;

  private long millis = FIRST_MILLIS;

  Duration next() {
    long now = millis;
    millis = Math.min(2 * millis, LONGEST_MILLIS);
    return Duration.ofMillis(now / 2 + ThreadLocalRandom.current().nextLong(now / 2 + 1));
  }
}
