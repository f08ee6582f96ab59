package dev.millrace.embedded.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({"1, 50, 100", "2, 100, 200", "4, 400, 800", "8, 5000, 10000", "1000, 5000, 10000"})
  void wait_doublesUpToTheLongestAndIsDrawnFromTheUpperHalf(
      int failures, long leastMillis, long mostMillis) {
    Random random = new Random(failures);

    for (int i = 0; i < 100; i++) {
      assertThat(Backoff.LAPTOP.afterFailures(failures, random))
          .isBetween(Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis));
    }
  }
}
