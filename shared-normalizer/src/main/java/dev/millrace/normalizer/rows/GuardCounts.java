package dev.millrace.normalizer.rows;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each guard acted. */
final class GuardCounts {
  private final Map<GuardName, Long> counts = new EnumMap<>(GuardName.class);

  void acted(GuardName guard) {
    counts.merge(guard, 1L, Long::sum);
  }

  Map<String, Long> byName() {
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((guard, count) -> named.put(guard.word, count));
    return named;
  }
}
