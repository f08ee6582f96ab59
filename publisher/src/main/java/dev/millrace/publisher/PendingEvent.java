package dev.millrace.publisher;

import dev.millrace.publisher.spool.SpoolPlace;
import dev.millrace.publisher.spool.SpoolRecord;
import dev.millrace.publisher.spool.SpooledEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An accepted event on its way. Equal only to itself. */
final class PendingEvent {
  private final String messageId;
  private final byte[] payload;
  private final Map<String, String> attributes;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

  /** Where it is on disk; null if it is not. Set before others than its maker see it, or by one. */
  private volatile SpoolPlace place;

  private boolean claimed;

  /** Its number in the queue; the queue's. */
  long number;

  /**
   * @param messageId null for a raw payload
   */
  PendingEvent(String messageId, byte[] payload, Map<String, String> attributes) {
    this.messageId = messageId;
    this.payload = payload;
    this.attributes = attributes;
  }

  static PendingEvent of(SpooledEvent spooled) {
    SpoolRecord event = spooled.event();
    PendingEvent pending = new PendingEvent(event.messageId(), event.payload(), event.attributes());
    pending.place = spooled.place();
    return pending;
  }

  String messageId() {
    return messageId;
  }

  byte[] payload() {
    return payload;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  SpoolRecord record() {
    return new SpoolRecord(messageId, payload, attributes);
  }

  CompletableFuture<Delivery> delivery() {
    return delivery;
  }

  /** The right to say what became of it; true for the first who asks. */
  synchronized boolean claim() {
    boolean first = !claimed;
    claimed = true;
    return first;
  }

  synchronized boolean isClaimed() {
    return claimed;
  }

  boolean isOnDisk() {
    return place != null;
  }

  SpoolPlace place() {
    return place;
  }

  void keptAt(SpoolPlace where) {
    place = where;
  }
}
