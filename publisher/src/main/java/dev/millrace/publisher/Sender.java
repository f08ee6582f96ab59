package dev.millrace.publisher;

import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Moves events from the queue to the transport, on a thread of its own. */
final class Sender implements Runnable {
  /** Kinds of trouble that are logged. */
  enum Trouble {
    NOT_DELIVERED,
    FLUSH_FAILED
  }

  private final OutboundQueue queue;
  private final Transport transport;
  private final TroubleLog log;

  Sender(OutboundQueue queue, Transport transport, TroubleLog log) {
    this.queue = queue;
    this.transport = transport;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      Optional<OutboundQueue.Work> work = queue.take();
      while (work.isPresent()) {
        work.get().events().forEach(this::send);
        if (work.get().flush()) {
          flush();
        }
        work = queue.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(PendingEvent event) {
    if (!queue.isUnsettled(event)) {
      return;
    }
    try {
      transport
          .send(event.payload(), event.attributes())
          .whenComplete(
              (id, failure) -> {
                if (failure == null) {
                  settle(event, new Delivery.Delivered(id));
                } else {
                  drop(event, failure);
                }
              });
    } catch (RuntimeException | Error e) {
      // Whatever the transport throws, the event must be accounted for and the others must go on.
      drop(event, e);
    }
  }

  private void flush() {
    try {
      transport.flush();
    } catch (RuntimeException | Error e) {
      log.warn(Trouble.FLUSH_FAILED, "Flushing the transport failed: " + sentence(e));
    }
  }

  private void drop(PendingEvent event, Throwable failure) {
    String detail = sentence(failure);
    if (settle(event, new Delivery.Dropped(Delivery.Reason.NOT_DELIVERED, detail))) {
      log.warn(Trouble.NOT_DELIVERED, "An event was dropped: " + detail);
    }
  }

  private boolean settle(PendingEvent event, Delivery delivery) {
    boolean first = queue.settle(event, delivery);
    if (first) {
      event.delivery().complete(delivery);
    }
    return first;
  }

  private static String sentence(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TransportException ? cause.getMessage() : cause.toString();
  }
}
