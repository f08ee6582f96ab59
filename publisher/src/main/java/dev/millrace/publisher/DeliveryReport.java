package dev.millrace.publisher;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of all events since the publisher was built: accepted = delivered + dropped + spooled
 * + pending.
 *
 * @param accepted events that were queued or spooled, and those that an earlier process had left in
 *     the spool
 * @param delivered events that the broker has
 * @param dropped accepted events that were given up, by reason; no entry is zero
 * @param refused events that were never accepted, by reason; no entry is zero
 * @param spooled events that wait on disk, whether under way or not
 * @param pending events that wait in memory alone; 0 after close
 */
public record DeliveryReport(
    long accepted,
    long delivered,
    Map<Delivery.Reason, Long> dropped,
    Map<Outcome.Reason, Long> refused,
    long spooled,
    long pending) {
  public DeliveryReport {
    dropped = withoutZeros(Delivery.Reason.class, dropped);
    refused = withoutZeros(Outcome.Reason.class, refused);
  }

  /** Accepted events that were given up. */
  public long droppedTotal() {
    return sum(dropped);
  }

  /** Events that were never accepted. */
  public long refusedTotal() {
    return sum(refused);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
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
