package dev.millrace.loader;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, half of it by chance. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * @param failures tries so far, from 1
   */
  Duration delay(int failures) {
    int doublings = Math.min(failures - 1, 10);
    long millis = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
