package dev.millrace.publisher;

import dev.millrace.publisher.json.EncodedEvent;
import dev.millrace.publisher.json.EventEncoder;
import dev.millrace.publisher.json.InvalidEventException;
import dev.millrace.publisher.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A publisher with a queue in memory, a sending thread and maybe a spool. */
final class QueuedPublisher implements Publisher {
  private final EventEncoder encoder;
  private final long maxEventBytes;
  private final Supplier<Map<String, String>> attributes;
  private final Tally tally = new Tally();
  private final Spool spool;
  private final OutboundQueue queue;
  private final TroubleLog log;
  private final Settlement settlement;
  private final Intake intake;
  private final SenderThread sender;
  private final TransportShutdown shutdown;
  private final Tracker tracker;

  QueuedPublisher(PublisherBuilder settings) {
    maxEventBytes = Math.min(MAX_EVENT_BYTES, settings.transport.maxEventBytes().bytes());
    encoder = new EventEncoder(settings.clock, settings.messageIds, (int) maxEventBytes);
    attributes = settings.attributes;
    log = new TroubleLog(System.getLogger(Publisher.class.getName()), settings.clock);
    spool = settings.openSpool();
    queue = new OutboundQueue(settings.room(), settings.retryPause, tally);
    settlement = new Settlement(queue, spool, tally, settings.listener, log);
    intake =
        new Intake(
            queue, spool, tally, settlement, settings.keepsEveryEvent(), settings.whenFull());
    sender = new SenderThread(new Sender(queue, spool, settings.transport, settlement, tally, log));
    shutdown = new TransportShutdown(settings.transport);
    tracker =
        new Tracker(new Tracker.Calls(this::publish, this::refuse), null, null, settings.context);
    sendWhatIsThere();
  }

  private void sendWhatIsThere() {
    spool.findings().forEach(finding -> log.warn(Trouble.SPOOL_DAMAGED, finding));
    if (spool.unread() > 0) {
      tally.found(spool.unread());
      queue.moreOnDisk();
      sender.start();
    }
  }

  @Override
  public Tracker tracker() {
    return tracker;
  }

  @Override
  public Publication publish(Object event) {
    EncodedEvent encoded;
    try {
      encoded = encoder.encode(event);
    } catch (InvalidEventException e) {
      return refuse(Outcome.Reason.INVALID, e.getMessage());
    }
    return encoded.payload() == null
        ? tooLarge(encoded.messageId(), encoded.sizeBytes())
        : enqueue(encoded.messageId(), encoded.payload());
  }

  @Override
  public Publication publishRaw(byte[] payload) {
    if (payload == null || payload.length == 0) {
      return refuse(Outcome.Reason.INVALID, "The payload is empty.");
    }
    return payload.length > maxEventBytes ? tooLarge(null, payload.length) : enqueue(null, payload);
  }

  private Publication enqueue(String messageId, byte[] payload) {
    PendingEvent event;
    try {
      event = new PendingEvent(messageId, payload, attributes.get());
    } catch (RuntimeException e) {
      // The app's own supplier may throw anything.
      return refuse(
          messageId,
          new Outcome.Refused(
              Outcome.Reason.INVALID, "Asking for attributes failed: " + e.getClass().getName()));
    }
    Outcome outcome = intake.take(event);
    if (outcome instanceof Outcome.Refused refused) {
      return refuse(messageId, refused);
    }
    sender.start();
    return new Publication(messageId, outcome, event.delivery().minimalCompletionStage());
  }

  private Publication tooLarge(String messageId, long size) {
    return refuse(
        messageId,
        new Outcome.Refused(
            Outcome.Reason.TOO_LARGE,
            "The event has " + size + " bytes; an event may have " + maxEventBytes + "."));
  }

  private Publication refuse(Outcome.Reason reason, String detail) {
    return refuse(null, new Outcome.Refused(reason, detail));
  }

  private Publication refuse(String messageId, Outcome.Refused refused) {
    tally.refused(refused.reason());
    log.warn(refused.reason(), "An event was refused: " + refused.detail());
    Delivery.Dropped dropped = new Delivery.Dropped(Delivery.Reason.REFUSED, refused.detail());
    settlement.refused(messageId, dropped);
    return new Publication(messageId, refused, CompletableFuture.completedStage(dropped));
  }

  @Override
  public DeliveryReport report() {
    return tally.report();
  }

  @Override
  public QueueLevel queueLevel() {
    return queue.level();
  }

  @Override
  public DeliveryReport flush(Duration timeout) {
    queue.awaitSettled(queue.askFlush(spool.unread()), Deadline.in(timeout));
    return tally.report();
  }

  @Override
  public DeliveryReport close(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    OutboundQueue.Mark all;
    synchronized (spool) {
      queue.close();
      all = queue.askFlush(spool.unread());
    }
    // A tenth is kept for the transport, whose own closing may need to wait too.
    queue.awaitSettled(all, deadline.minus(timeout.dividedBy(10)));
    List<PendingEvent> left = queue.stop();
    left.forEach(event -> settlement.outOfTime(event, timeout));
    shutdown.within(deadline);
    spool.close();
    return tally.report();
  }
}
