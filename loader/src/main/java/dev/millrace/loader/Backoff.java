package dev.millrace.loader;

import dev.millrace.loader.ports.LoadError;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, half of it by chance. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A quota comes back with the minute, and every try uses more of it. */
  private static final Duration FIRST_OF_QUOTAS = Duration.ofSeconds(8);

  private static final Duration LONGEST_OF_QUOTAS = Duration.ofSeconds(120);

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * @param failures tries so far, from 1
   * @param retry how the last one failed
   */
  Duration delay(int failures, LoadError.Retry retry) {
    boolean later = retry == LoadError.Retry.LATER;
    Duration first = later ? FIRST_OF_QUOTAS : FIRST;
    Duration longest = later ? LONGEST_OF_QUOTAS : LONGEST;
    int doublings = Math.min(failures - 1, 10);
    long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
