package dev.millrace.publisher;

import dev.millrace.publisher.opentelemetry.TraceContext;
import dev.millrace.publisher.spool.DiskSpool;
import dev.millrace.publisher.spool.NoSpool;
import dev.millrace.publisher.spool.Spool;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Settings of a {@link Publisher}; each has a default that suits a server. */
public final class PublisherBuilder {
  final Transport transport;
  Clock clock = Clock.systemUTC();
  Supplier<String> messageIds = () -> UUID.randomUUID().toString();
  Supplier<Map<String, String>> attributes = TraceContext.ofTheCall();
  DeliveryListener listener = DeliveryListener.NONE;
  Context context = Context.empty();
  Duration retryPause = Duration.ofSeconds(1);
  private int maxQueuedEvents = 10_000;
  private ByteCount maxQueuedBytes = ByteCount.mebibytes(32);
  private WhenFull whenFull;
  private SpoolSettings spool;

  PublisherBuilder(Transport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
  }

  /** How many events may wait in memory for the broker's answer; 10,000 unless set. */
  public PublisherBuilder maxQueuedEvents(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("maxQueuedEvents < 1: " + events);
    }
    maxQueuedEvents = events;
    return this;
  }

  /** How many bytes of payload may wait in memory for the broker's answer; 32 MiB unless set. */
  public PublisherBuilder maxQueuedBytes(ByteCount bytes) {
    if (bytes.bytes() < 1) {
      throw new IllegalArgumentException("maxQueuedBytes < 1: " + bytes);
    }
    maxQueuedBytes = bytes;
    return this;
  }

  /** What a call does when the queue is full; refuses unless set, or spools if there is a spool. */
  public PublisherBuilder whenFull(WhenFull choice) {
    whenFull = Objects.requireNonNull(choice, "whenFull");
    return this;
  }

  /** Keeps on disk what can't be sent; there is no spool unless set. */
  public PublisherBuilder spool(SpoolSettings settings) {
    spool = Objects.requireNonNull(settings, "spool");
    return this;
  }

  /** Hears what becomes of every event; nobody does unless set. */
  public PublisherBuilder listener(DeliveryListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** The context of Segment's calls; none unless set. {@link Publisher#publish} doesn't add it. */
  public PublisherBuilder context(Context context) {
    this.context = Objects.requireNonNull(context, "context");
    return this;
  }

  /**
   * Attributes of the message that an event travels in, asked for at each call, on the thread of
   * the call; unless set, the current trace context of OpenTelemetry where its API is on the class
   * path and a span is current.
   */
  public PublisherBuilder attributes(Supplier<Map<String, String>> attributes) {
    this.attributes = Objects.requireNonNull(attributes, "attributes");
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

  /** The first pause before a spooled event is sent again; they grow 64-fold. */
  PublisherBuilder retryPause(Duration pause) {
    retryPause = pause;
    return this;
  }

  /**
   * A publisher, which owns the transport from now on. No thread runs before its first event, or
   * before there is one in the spool.
   *
   * @throws IllegalStateException if it is to spool when full and has no spool
   * @throws dev.millrace.publisher.spool.SpoolException if the spool's folder is in use or can't be
   *     read or written
   */
  public Publisher build() {
    if (whenFull instanceof WhenFull.ToSpool && spool == null) {
      throw new IllegalStateException(
          "whenFull(WhenFull.spool()) needs a spool: call spool(SpoolSettings.in(folder)) too.");
    }
    return new QueuedPublisher(this);
  }

  Room room() {
    return new Room(maxQueuedEvents, maxQueuedBytes.bytes());
  }

  boolean keepsEveryEvent() {
    return spool != null && spool.keep() == SpoolSettings.Keep.EVERY_EVENT;
  }

  WhenFull whenFull() {
    if (whenFull != null) {
      return whenFull;
    }
    return spool == null ? WhenFull.refuse() : WhenFull.spool();
  }

  Spool openSpool() {
    return spool == null
        ? new NoSpool()
        : DiskSpool.open(spool.folder(), spool.maxBytes().bytes(), spool.durability());
  }
}
