package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.types.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Looks ahead for the {@code receivedAt} that an event of a trusted import brings. */
final class OwnReceivedAt {
  private static final byte[] KEY = "\"receivedAt\"".getBytes(StandardCharsets.US_ASCII);

  /** How much later than its archive's own time an event may say that it was received. */
  private static final long MAX_AHEAD_MICROS = TimeUnit.DAYS.toMicros(1);

  private final JsonBytes json;
  private final TopLevelKeys keys = new TopLevelKeys();

  OwnReceivedAt(JsonBytes json) {
    this.json = json;
  }

  /**
   * When the event says that it was received, in microseconds since 1970 UTC.
   *
   * @param start the event's brace
   * @param otherwise the time for an event that doesn't say it, or can't be believed
   */
  long micros(int start, long otherwise) throws BadValueException, IncompleteException {
    if (!keys.find(json, start, KEY) || json.bytes()[keys.from()] != '"') {
      return otherwise;
    }
    long own = Timestamps.detect(json.bytes(), keys.from() + 1, keys.to() - 1);
    boolean credible = own >= 0 && own <= otherwise + MAX_AHEAD_MICROS;
    return credible ? own : otherwise;
  }
}
