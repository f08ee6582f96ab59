package dev.millrace.publisher;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Publishes events without making the app wait. Every call returns at once and says what came of
 * it; every accepted event is delivered or reported as dropped. Thread-safe.
 *
 * <pre>{@code
 * try (Publisher publisher = Publisher.builder(PubSubTransport.to("project", "topic")).build()) {
 *   publisher.track("Order Completed", Map.of("total", 12));
 * }
 * }</pre>
 */
public final class Publisher implements AutoCloseable {
  /** How large one event may be: 1 MiB, the loader's limit too. */
  public static final int MAX_EVENT_BYTES = 1 << 20;

  private static final Duration DEFAULT_CLOSE = Duration.ofSeconds(10);

  /** Kinds of trouble that are logged. */
  private enum Trouble {
    DROPPED_AT_CLOSE
  }

  private final Clock clock;
  private final Supplier<String> messageIds;
  private final EventWriter writer = new EventWriter();
  private final Tally tally = new Tally();
  private final OutboundQueue queue;
  private final TroubleLog log;
  private final SenderThread sender;
  private final TransportShutdown shutdown;

  Publisher(PublisherBuilder settings) {
    clock = settings.clock;
    messageIds = settings.messageIds;
    queue = new OutboundQueue(settings.maxQueuedEvents, settings.maxQueuedBytes, tally);
    log = new TroubleLog(System.getLogger(Publisher.class.getName()), settings.clock);
    sender = new SenderThread(new Sender(queue, settings.transport, log));
    shutdown = new TransportShutdown(settings.transport);
  }

  /** Starts the making of a publisher over a transport. */
  public static PublisherBuilder builder(Transport transport) {
    return new PublisherBuilder(transport);
  }

  /**
   * Publishes a {@code track} call of Segment's form.
   *
   * @param event what happened, such as {@code Order Completed}; names the table
   * @param properties as {@link #publish} takes them; null for none
   */
  public Publication track(String event, Map<String, ?> properties) {
    if (event == null || event.isBlank()) {
      return refused(null, Outcome.Reason.INVALID, "The event has no name.");
    }
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("type", "track");
    call.put("event", event);
    call.put("properties", properties == null ? Map.of() : properties);
    return publish(call);
  }

  /**
   * Publishes an event as it is, with a {@code messageId} and a {@code timestamp} where it has
   * none. The event is written before the call returns: it may be changed afterwards.
   *
   * <p>Values may be null, text, booleans, numbers (but for NaN and infinities), maps with text or
   * enum keys, iterables, arrays, records, {@link java.util.Optional}, Jackson nodes, {@code
   * byte[]} (base64); as text: enums (their name), UUIDs, dates and times of {@code java.time} and
   * {@link java.util.Date} (ISO 8601), durations, URIs, locales, currencies. Anything else refuses
   * the event.
   */
  public Publication publish(Map<String, ?> event) {
    if (event == null) {
      return refused(null, Outcome.Reason.INVALID, "The event is null.");
    }
    PayloadBuffer payload = new PayloadBuffer(MAX_EVENT_BYTES);
    String messageId;
    try {
      Map<String, Object> complete = new LinkedHashMap<>(event);
      if (complete.get("messageId") == null) {
        complete.put("messageId", messageIds.get());
      }
      if (complete.get("timestamp") == null) {
        complete.put("timestamp", clock.instant());
      }
      messageId = complete.get("messageId").toString();
      writer.write(complete, payload);
    } catch (InvalidEventException e) {
      return refused(null, Outcome.Reason.INVALID, e.getMessage());
    } catch (RuntimeException e) {
      // The app's own maps, iterables and suppliers may throw anything.
      return refused(
          null, Outcome.Reason.INVALID, "Reading the event failed: " + e.getClass().getName());
    }
    if (payload.size() > MAX_EVENT_BYTES) {
      return tooLarge(messageId, payload.size());
    }
    return enqueue(messageId, payload.toByteArray());
  }

  /**
   * Publishes bytes as they are: nothing is checked but their size, nothing is added. Meant for
   * tools; an app wants {@link #publish}.
   *
   * @param payload not copied: it must not change afterwards
   */
  public Publication publishRaw(byte[] payload) {
    if (payload == null || payload.length == 0) {
      return refused(null, Outcome.Reason.INVALID, "The payload is empty.");
    }
    if (payload.length > MAX_EVENT_BYTES) {
      return tooLarge(null, payload.length);
    }
    return enqueue(null, payload);
  }

  private Publication enqueue(String messageId, byte[] payload) {
    PendingEvent event = new PendingEvent(payload, Map.of());
    Optional<Outcome.Refused> refusal = queue.offer(event);
    if (refusal.isPresent()) {
      return refused(messageId, refusal.get().reason(), refusal.get().detail());
    }
    sender.start();
    return new Publication(
        messageId, new Outcome.Accepted(), event.delivery().minimalCompletionStage());
  }

  private Publication tooLarge(String messageId, long size) {
    return refused(
        messageId,
        Outcome.Reason.TOO_LARGE,
        "The event has " + size + " bytes; an event may have " + MAX_EVENT_BYTES + ".");
  }

  private Publication refused(String messageId, Outcome.Reason reason, String detail) {
    tally.refused(reason);
    log.warn(reason, "An event was refused: " + detail);
    return new Publication(
        messageId,
        new Outcome.Refused(reason, detail),
        CompletableFuture.completedStage(new Delivery.Dropped(Delivery.Reason.REFUSED, detail)));
  }

  /** What became of all events so far. */
  public DeliveryReport report() {
    return tally.report();
  }

  /**
   * Waits until what was accepted before the call is delivered or dropped, at most for {@code
   * timeout}; what is not settled by then stays queued. An interrupt ends the wait and stays set.
   */
  public DeliveryReport flush(Duration timeout) {
    Deadline.in(timeout).awaitAll(deliveries(queue.askFlush()));
    return tally.report();
  }

  /** {@link #close(Duration)} with 10 s. */
  @Override
  public void close() {
    close(DEFAULT_CLOSE);
  }

  /**
   * Takes no more events, delivers what is queued and lets go of the transport, all within {@code
   * timeout}; what is not delivered by then is dropped, and reported. Closing again changes
   * nothing. An interrupt counts as the deadline and stays set.
   */
  public DeliveryReport close(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    queue.close();
    // A tenth is kept for the transport, whose own closing may need to wait too.
    deadline.minus(timeout.dividedBy(10)).awaitAll(deliveries(queue.askFlush()));
    List<PendingEvent> left = queue.stop();
    left.forEach(event -> dropAtClose(event, timeout));
    shutdown.within(deadline);
    return tally.report();
  }

  private void dropAtClose(PendingEvent event, Duration timeout) {
    Delivery.Dropped dropped =
        new Delivery.Dropped(
            Delivery.Reason.OUT_OF_TIME,
            "The publisher was closed and the broker had not answered within " + timeout + ".");
    if (queue.settle(event, dropped)) {
      log.warn(Trouble.DROPPED_AT_CLOSE, "An event was dropped: " + dropped.detail());
      // Not on this thread: what the app chained to it must not hold up the deadline.
      event.delivery().completeAsync(() -> dropped);
    }
  }

  private static List<CompletableFuture<Delivery>> deliveries(List<PendingEvent> events) {
    return events.stream().map(PendingEvent::delivery).toList();
  }
}
