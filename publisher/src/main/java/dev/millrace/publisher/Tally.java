package dev.millrace.publisher;

import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of events. Each change is one step: a report never shows half of one. */
final class Tally {
  private final Map<Delivery.Reason, Long> dropped = new EnumMap<>(Delivery.Reason.class);
  private final Map<Outcome.Reason, Long> refused = new EnumMap<>(Outcome.Reason.class);
  private long accepted;
  private long delivered;
  private long droppedTotal;
  private long spooled;

  synchronized void accepted(boolean onDisk) {
    accepted++;
    if (onDisk) {
      spooled++;
    }
  }

  /** Events that an earlier process left on disk. */
  synchronized void found(long events) {
    accepted += events;
    spooled += events;
  }

  /** Events on disk that can't be read any more. */
  synchronized void lost(long events) {
    if (events > 0) {
      spooled -= events;
      droppedTotal += events;
      dropped.merge(Delivery.Reason.NOT_DELIVERED, events, Long::sum);
    }
  }

  synchronized void refused(Outcome.Reason reason) {
    refused.merge(reason, 1L, Long::sum);
  }

  /** An event that was in memory alone is on disk too. */
  synchronized void spooled() {
    spooled++;
  }

  /**
   * @param onDisk where the event was until now
   */
  synchronized void delivered(boolean onDisk) {
    delivered++;
    if (onDisk) {
      spooled--;
    }
  }

  /**
   * @param onDisk where the event was until now
   */
  synchronized void dropped(Delivery.Reason reason, boolean onDisk) {
    dropped.merge(reason, 1L, Long::sum);
    droppedTotal++;
    if (onDisk) {
      spooled--;
    }
  }

  synchronized DeliveryReport report() {
    return new DeliveryReport(
        accepted,
        delivered,
        dropped,
        refused,
        spooled,
        accepted - delivered - droppedTotal - spooled);
  }
}
