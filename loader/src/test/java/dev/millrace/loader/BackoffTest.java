package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void delay_eachFailure_isUpToTwiceTheLast() {
    for (int failures = 1; failures <= 6; failures++) {
      Duration longest = Duration.ofMillis(500L << failures - 1);
      assertThat(backoff.delay(failures)).isBetween(longest.dividedBy(2), longest);
    }
  }

  @Test
  void delay_manyFailures_staysAtHalfAMinute() {
    assertThat(backoff.delay(1_000)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }
}
