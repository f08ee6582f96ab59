package dev.millrace.publisher.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try. */
final class RetryAfter {
  /** Segment's libraries wait no longer, whatever the header says. */
  private static final Duration LONGEST_ASKED = Duration.ofSeconds(300);

  private static final Duration LONGEST_OWN = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 16;

  private RetryAfter() {}

  /**
   * What the header asks for, in seconds or as a date (RFC 9110, 10.2.3); at least our own pause.
   */
  static Duration of(HttpHeaders headers, Clock clock, Duration own) {
    Duration asked =
        headers.firstValue("Retry-After").map(value -> parse(value, clock)).orElse(Duration.ZERO);
    Duration bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return bounded.compareTo(own) > 0 ? bounded : own;
  }

  private static Duration parse(String value, Clock clock) {
    String text = value.strip();
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(text));
      }
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(clock.instant(), until.toInstant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** Doubles with each failure, up to a minute; a random half of it, so that clients spread. */
  static Duration backoff(Duration first, int failures) {
    Duration full = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration bounded = full.compareTo(LONGEST_OWN) > 0 ? LONGEST_OWN : full;
    double share = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofNanos((long) (bounded.toNanos() * share));
  }
}
