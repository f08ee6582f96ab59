package dev.millrace.publisher;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of all events since the publisher was built: accepted = delivered + dropped +
 * pending.
 *
 * @param accepted events that were queued
 * @param delivered events that the broker has
 * @param dropped accepted events that were given up, by reason; no entry is zero
 * @param refused events that were never queued, by reason; no entry is zero
 * @param pending events that still wait; 0 after close
 */
public record DeliveryReport(
    long accepted,
    long delivered,
    Map<Delivery.Reason, Long> dropped,
    Map<Outcome.Reason, Long> refused,
    long pending) {
  public DeliveryReport {
    dropped = withoutZeros(Delivery.Reason.class, dropped);
    refused = withoutZeros(Outcome.Reason.class, refused);
  }

  /** Accepted events that were given up. */
  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <K extends Enum<K>> Map<K, Long> withoutZeros(Class<K> keys, Map<K, Long> counts) {
    Map<K, Long> kept = new EnumMap<>(keys);
    counts.forEach(
        (reason, count) -> {
          if (count != 0) {
            kept.put(reason, count);
          }
        });
    return Collections.unmodifiableMap(kept);
  }
}
