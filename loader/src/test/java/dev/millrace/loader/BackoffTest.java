package dev.millrace.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.LoadError.Retry;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(1));

  @Test
  void delay_eachFailure_isUpToTwiceTheLast() {
    for (int failures = 1; failures <= 6; failures++) {
      Duration longest = Duration.ofMillis(500L << failures - 1);
      assertThat(backoff.delay(failures, Retry.SOON)).isBetween(longest.dividedBy(2), longest);
    }
  }

  @Test
  void delay_manyFailures_staysAtHalfAMinute() {
    assertThat(backoff.delay(1_000, Retry.SOON))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void delay_aQuotaThatIsUsedUp_isSecondsFromTheStart() {
    assertThat(backoff.delay(1, Retry.LATER))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(backoff.delay(1_000, Retry.LATER))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
  }
}
