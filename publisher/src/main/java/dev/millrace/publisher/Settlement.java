package dev.millrace.publisher;

import dev.millrace.publisher.spool.Appended;
import dev.millrace.publisher.spool.Spool;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Decides and tells what became of accepted events, each once. Thread-safe. */
final class Settlement {
  private final OutboundQueue queue;
  private final Spool spool;
  private final Tally tally;
  private final DeliveryListener listener;
  private final TroubleLog log;
  private final Executor later = oneThread();

  Settlement(
      OutboundQueue queue, Spool spool, Tally tally, DeliveryListener listener, TroubleLog log) {
    this.queue = queue;
    this.spool = spool;
    this.tally = tally;
    this.listener = listener;
    this.log = log;
  }

  /** The broker has the event; it may say so after close has left the event to the spool. */
  void delivered(PendingEvent event, String brokerId) {
    synchronized (event) {
      boolean first = event.claim();
      boolean forgotten = event.isOnDisk() && spool.done(event.place());
      if (!first && !forgotten) {
        return;
      }
      tally.delivered(event.isOnDisk());
    }
    if (spool.exists()) {
      queue.brokerAnswers();
    }
    complete(event, new Delivery.Delivered(brokerId));
  }

  /** The transport gave up on the event. With a spool it is kept there, and sent again. */
  void failed(PendingEvent event, Throwable failure) {
    if (event.isClaimed()) {
      // Close has said already what becomes of it.
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TransportException known && known.isEventRejected()) {
      drop(
          event, Trouble.REJECTED, new Delivery.Dropped(Delivery.Reason.REJECTED, sentence(cause)));
      return;
    }
    String detail = sentence(cause);
    String notKept = keepOnDisk(event);
    if (notKept == null) {
      log.warn(Trouble.SENT_AGAIN, "An event failed, and will be sent again: " + detail);
      queue.sendAgain(event);
    } else {
      drop(
          event,
          Trouble.NOT_DELIVERED,
          new Delivery.Dropped(
              Delivery.Reason.NOT_DELIVERED, spool.exists() ? detail + " " + notKept : detail));
    }
  }

  /** The publisher is closed and the event is not delivered. */
  void outOfTime(PendingEvent event, Duration timeout) {
    String notKept = keepOnDisk(event);
    if (notKept == null) {
      if (event.claim()) {
        log.warn(
            Trouble.LEFT_IN_SPOOL,
            "The publisher was closed before an event was delivered; it stays in the spool.");
        completeLater(event, new Delivery.Spooled());
      }
      return;
    }
    Delivery.Dropped dropped =
        new Delivery.Dropped(
            Delivery.Reason.OUT_OF_TIME,
            "The publisher was closed and the broker had not answered within "
                + timeout
                + "."
                + (spool.exists() ? " " + notKept : ""));
    if (letGo(event, dropped)) {
      log.warn(Trouble.DROPPED_AT_CLOSE, "An event was dropped: " + dropped.detail());
      completeLater(event, dropped);
    }
  }

  /** An event went to disk alone. */
  void spooled(PendingEvent event) {
    complete(event, new Delivery.Spooled());
  }

  void refused(String messageId, Delivery.Dropped dropped) {
    hear(messageId, dropped);
  }

  /** Null if the event is on disk now, or settled; else why it is not. */
  private String keepOnDisk(PendingEvent event) {
    synchronized (event) {
      if (event.isOnDisk() || event.isClaimed()) {
        return null;
      }
      Appended appended = spool.append(event.record(), true);
      if (appended instanceof Appended.NotKept not) {
        return not.detail();
      }
      event.keptAt(((Appended.Kept) appended).place());
      tally.spooled();
    }
    spool.force(event.place());
    return null;
  }

  private void drop(PendingEvent event, Trouble kind, Delivery.Dropped dropped) {
    if (letGo(event, dropped)) {
      log.warn(kind, "An event was dropped: " + dropped.detail());
      complete(event, dropped);
    }
  }

  private boolean letGo(PendingEvent event, Delivery.Dropped dropped) {
    synchronized (event) {
      if (!event.claim()) {
        return false;
      }
      if (event.isOnDisk()) {
        spool.done(event.place());
      }
      tally.dropped(dropped.reason(), event.isOnDisk());
      return true;
    }
  }

  /** Whoever waits for the queue to be settled finds everybody told. */
  private void complete(PendingEvent event, Delivery delivery) {
    hear(event.messageId(), delivery);
    event.delivery().complete(delivery);
    queue.settle(event);
  }

  /**
   * Not on this thread: what the app chained to it must not hold up a deadline. Nor on a thread for
   * each, which is what the JDK's own choice comes to on a machine of two cores.
   */
  private void completeLater(PendingEvent event, Delivery delivery) {
    queue.settle(event);
    event
        .delivery()
        .completeAsync(
            () -> {
              hear(event.messageId(), delivery);
              return delivery;
            },
            later);
  }

  /** There while there is something to tell. */
  private static Executor oneThread() {
    return new ThreadPoolExecutor(
        0,
        1,
        1,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> {
          Thread thread = new Thread(task, "millrace-publisher-told");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void hear(String messageId, Delivery delivery) {
    try {
      listener.settled(messageId, delivery);
    } catch (RuntimeException e) {
      log.warn(Trouble.LISTENER_FAILED, "The delivery listener failed: " + e.getClass().getName());
    }
  }

  static String sentence(Throwable cause) {
    return cause instanceof TransportException ? cause.getMessage() : cause.toString();
  }
}
