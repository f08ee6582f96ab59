package dev.millrace.cli.demo;

import dev.millrace.cli.simulate.EventSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The demo's 10,000 payloads in four waves. As in life, the events change while they run: a new
 * field in the second wave, another type of a field in the third, and somewhere something broken
 * and something sent twice.
 */
final class Waves {
  static final int PAYLOADS = 10_000;
  static final int WAVES = 4;

  private static final int PAYLOADS_PER_WAVE = PAYLOADS / WAVES;
  private static final byte[] MALFORMED =
      "{\"event\": \"Order Completed\", \"properties\": {\"orderId\": \"cut o"
          .getBytes(StandardCharsets.UTF_8);

  private final EventSource source;

  Waves(long seed, Instant start) {
    source = new EventSource(seed, start);
  }

  List<Wave> all() {
    return List.of(
        new Wave("all tables are new", events(PAYLOADS_PER_WAVE), List.of()),
        new Wave(
            "orders say whether they are a gift, and one event is sent twice",
            oneSentTwice(withNewField(events(PAYLOADS_PER_WAVE - 1))),
            List.of()),
        new Wave(
            "durations of page views come as text",
            withOtherType(events(PAYLOADS_PER_WAVE)),
            List.of()),
        new Wave("one payload is cut off", events(PAYLOADS_PER_WAVE - 1), List.of(MALFORMED)));
  }

  private List<Map<String, Object>> events(int count) {
    List<Map<String, Object>> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(source.next());
    }
    return events;
  }

  private static List<Map<String, Object>> withNewField(List<Map<String, Object>> events) {
    int n = 0;
    for (Map<String, Object> event : events) {
      if ("Order Completed".equals(event.get("event"))) {
        properties(event).put("gift", n++ % 4 == 0);
      }
    }
    return events;
  }

  private static List<Map<String, Object>> withOtherType(List<Map<String, Object>> events) {
    for (Map<String, Object> event : events) {
      if ("page".equals(event.get("type"))) {
        properties(event).computeIfPresent("durationMs", (key, millis) -> millis + " ms");
      }
    }
    return events;
  }

  private static List<Map<String, Object>> oneSentTwice(List<Map<String, Object>> events) {
    events.add(events.get(events.size() / 2));
    return events;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Map<String, Object> event) {
    return (Map<String, Object>) event.get("properties");
  }
}
