package dev.millrace.collector.events;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Repairs what a client's clock got wrong, as Segment does: {@code timestamp = receivedAt - (sentAt
 * - originalTimestamp)}. Without a time of sending the client's time stands, without any the time
 * of receiving. No event is later than it was received: a batch may bear the {@code sentAt} of one
 * of its events, which is wrong for the others.
 */
final class EventTimes {
  private static final int LONGEST = 64;
  private static final int LAST_YEAR = 9999;

  private EventTimes() {}

  /**
   * When an event happened.
   *
   * @param original when the client says that it happened, in RFC 3339; null or unreadable counts
   *     as unsaid
   * @param sent when the client says that it sent it, likewise
   */
  static Instant timestamp(String original, String sent, Instant received) {
    Instant happened = parse(original).orElse(null);
    if (happened == null) {
      return received;
    }
    Instant corrected =
        parse(sent)
            .map(sentAt -> received.minus(Duration.between(happened, sentAt)))
            .orElse(happened);
    if (corrected.isBefore(Instant.EPOCH)) {
      corrected = happened;
    }
    return corrected.isAfter(received) ? received : corrected;
  }

  private static Optional<Instant> parse(String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text.strip().replace(' ', 'T'));
      return time.getYear() < 1 || time.getYear() > LAST_YEAR
          ? Optional.empty()
          : Optional.of(time.toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
