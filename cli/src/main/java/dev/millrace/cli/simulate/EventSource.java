package dev.millrace.cli.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dummy telemetry without end: of 100 events about 60 come from data pipelines, 15 are orders, 20
 * page views and 5 identify calls. The same seed and start give the same events, message ids and
 * timestamps included, in every process. Not thread-safe.
 */
public final class EventSource {
  private static final Duration STEP = Duration.ofMillis(370);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Kind pipelines = new PipelineTelemetry();
  private final Kind orders = new Orders();
  private final Kind pageViews = new PageViews();
  private final Kind identifies = new Identifies();
  private final Draw draw;
  private Instant clock;

  /**
   * @param start the first event's timestamp; each further event is 370 ms later
   */
  public EventSource(long seed, Instant start) {
    draw = new Draw(seed);
    clock = start;
  }

  /** The next event, the caller's own. */
  public Map<String, Object> next() {
    Map<String, Object> event = new LinkedHashMap<>(kind().draw(draw));
    event.put("timestamp", MILLIS.format(clock));
    event.put("messageId", draw.uuid());
    clock = clock.plus(STEP);
    return event;
  }

  private Kind kind() {
    int of100 = draw.between(0, 99);
    if (of100 < 60) {
      return pipelines;
    }
    if (of100 < 75) {
      return orders;
    }
    return of100 < 95 ? pageViews : identifies;
  }
}
