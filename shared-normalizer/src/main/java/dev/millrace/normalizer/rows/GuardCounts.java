package dev.millrace.normalizer.rows;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each guard acted. On an event that does not load, only its size guard did. */
final class GuardCounts {
  private final Map<GuardName, Long> counts = new EnumMap<>(GuardName.class);
  private final Map<GuardName, Long> ofEvent = new EnumMap<>(GuardName.class);

  /** Notes it for the event at hand. */
  void acted(GuardName guard) {
    ofEvent.merge(guard, 1L, Long::sum);
  }

  /** The event is loaded. */
  void keep() {
    if (!ofEvent.isEmpty()) {
      ofEvent.forEach((guard, count) -> counts.merge(guard, count, Long::sum));
      ofEvent.clear();
    }
  }

  /** The event is not loaded, or not yet: more of its bytes are needed. */
  void takeBack() {
    ofEvent.clear();
  }

  Map<String, Long> byName() {
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((guard, count) -> named.put(guard.word, count));
    return named;
  }
}
