package dev.millrace.publisher;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An accepted event on its way. Equal only to itself. */
final class PendingEvent {
  private final byte[] payload;
  private final Map<String, String> attributes;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

  PendingEvent(byte[] payload, Map<String, String> attributes) {
    this.payload = payload;
    this.attributes = attributes;
  }

  byte[] payload() {
    return payload;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  CompletableFuture<Delivery> delivery() {
    return delivery;
  }
}
