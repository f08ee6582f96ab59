package dev.millrace.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Duration OWN = Duration.ofMillis(500);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        "0 | PT0.5S",
        "100000 | PT5M",
        "99999999999 | PT0.5S",
        "soon | PT0.5S",
        "-1 | PT0.5S",
        "Fri, 2 Jan 2026 03:04:15 GMT | PT10S",
        "Fri, 2 Jan 2026 03:04:00 GMT | PT0.5S"
      })
  void header_isHeededWithinBounds(String header, Duration expected) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true);
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    assertThat(RetryAfter.of(headers, clock, OWN)).isEqualTo(expected);
  }

  @Test
  void ownPause_doublesUpToAMinute() {
    assertThat(RetryAfter.backoff(OWN, 1))
        .isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
    assertThat(RetryAfter.backoff(OWN, 1_000))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }
}
