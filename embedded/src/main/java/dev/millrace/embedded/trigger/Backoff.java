package dev.millrace.embedded.trigger;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double from the shortest to the longest, each drawn from its upper half so that
 * deliveries that failed together don't come back together.
 */
public record Backoff(Duration shortest, Duration longest) {
  /** 100 ms to 10 s: the cloud's 10 s to 600 s would keep a person waiting. */
  public static final Backoff LAPTOP = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  public Backoff {
    if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "A backoff goes from more than 0 to no less than that, not from "
              + shortest
              + " to "
              + longest
              + ".");
    }
  }

  /**
   * @param failures how many attempts failed so far, 1 or more
   */
  Duration afterFailures(int failures, RandomGenerator random) {
    long ceilingNanos = shortest.toNanos();
    for (int i = 1; i < failures && ceilingNanos < longest.toNanos(); i++) {
      ceilingNanos *= 2;
    }
    ceilingNanos = Math.min(ceilingNanos, longest.toNanos());
    return Duration.ofNanos(ceilingNanos / 2 + random.nextLong(ceilingNanos / 2 + 1));
  }
}
