package dev.millrace.publisher;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Settings of a {@link Publisher}; each has a default that suits a server. */
public final class PublisherBuilder {
  final Transport transport;
  int maxQueuedEvents = 10_000;
  long maxQueuedBytes = 32L << 20;
  Clock clock = Clock.systemUTC();
  Supplier<String> messageIds = () -> UUID.randomUUID().toString();

  PublisherBuilder(Transport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
  }

  /** How many events may wait for the broker's answer; 10,000 unless set. */
  public PublisherBuilder maxQueuedEvents(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("maxQueuedEvents < 1: " + events);
    }
    maxQueuedEvents = events;
    return this;
  }

  /** How many bytes of payload may wait for the broker's answer; 32 MiB unless set. */
  public PublisherBuilder maxQueuedBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxQueuedBytes < 1: " + bytes);
    }
    maxQueuedBytes = bytes;
    return this;
  }

  /** Where {@code timestamp} comes from; the system's clock unless set. */
  public PublisherBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** Where {@code messageId} comes from; random UUIDs unless set. Called from any thread. */
  public PublisherBuilder messageIds(Supplier<String> ids) {
    messageIds = Objects.requireNonNull(ids, "messageIds");
    return this;
  }

  /** A publisher, which owns the transport from now on. No thread runs before its first event. */
  public Publisher build() {
    return new Publisher(this);
  }
}
