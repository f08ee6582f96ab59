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

  synchronized void accepted() {
    accepted++;
  }

  synchronized void refused(Outcome.Reason reason) {
    refused.merge(reason, 1L, Long::sum);
  }

  synchronized void settled(Delivery delivery) {
    if (delivery instanceof Delivery.Dropped drop) {
      dropped.merge(drop.reason(), 1L, Long::sum);
      droppedTotal++;
    } else {
      delivered++;
    }
  }

  synchronized DeliveryReport report() {
    return new DeliveryReport(
        accepted, delivered, dropped, refused, accepted - delivered - droppedTotal);
  }
}
