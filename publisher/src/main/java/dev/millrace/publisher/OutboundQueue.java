package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The accepted events that are not yet settled: those that wait for the sender and those that the
 * transport has. Both count towards the bounds. All counting happens under one lock, so that the
 * numbers always add up.
 */
final class OutboundQueue {
  /** What the sender has to do next. */
  record Work(List<PendingEvent> events, boolean flush) {}

  private final int maxEvents;
  private final long maxBytes;
  private final Tally tally;

  private final Set<PendingEvent> unsettled = new HashSet<>();
  private List<PendingEvent> waiting = new ArrayList<>();
  private long bytes;
  private boolean flushAsked;
  private boolean closed;
  private boolean stopped;

  OutboundQueue(int maxEvents, long maxBytes, Tally tally) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.tally = tally;
  }

  /** Takes the event, or says why not. */
  synchronized Optional<Outcome.Refused> offer(PendingEvent event) {
    Optional<Outcome.Refused> refusal = refusalOf(event.payload().length);
    if (refusal.isEmpty()) {
      unsettled.add(event);
      bytes += event.payload().length;
      waiting.add(event);
      tally.accepted();
      notifyAll();
    }
    return refusal;
  }

  private Optional<Outcome.Refused> refusalOf(int size) {
    if (closed) {
      return Optional.of(
          new Outcome.Refused(Outcome.Reason.CLOSED, "The publisher is closed; it takes no more."));
    }
    if (unsettled.size() >= maxEvents || bytes + size > maxBytes) {
      return Optional.of(
          new Outcome.Refused(
              Outcome.Reason.QUEUE_FULL,
              "The queue is full: "
                  + unsettled.size()
                  + " events of at most "
                  + maxEvents
                  + " and "
                  + bytes
                  + " bytes of at most "
                  + maxBytes
                  + " wait for the broker."));
    }
    return Optional.empty();
  }

  /** Waits for work; empty when there will be no more. */
  synchronized Optional<Work> take() throws InterruptedException {
    while (!stopped && waiting.isEmpty() && !flushAsked) {
      wait();
    }
    if (stopped) {
      return Optional.empty();
    }
    Work work = new Work(waiting, flushAsked);
    waiting = new ArrayList<>();
    flushAsked = false;
    return Optional.of(work);
  }

  /**
   * Counts what became of an event.
   *
   * @return false if it was settled before, and nothing is counted
   */
  synchronized boolean settle(PendingEvent event, Delivery delivery) {
    if (!unsettled.remove(event)) {
      return false;
    }
    bytes -= event.payload().length;
    tally.settled(delivery);
    return true;
  }

  synchronized boolean isUnsettled(PendingEvent event) {
    return unsettled.contains(event);
  }

  /** Asks the sender to flush, after what waits now; the events that the flush is about. */
  synchronized List<PendingEvent> askFlush() {
    flushAsked = true;
    notifyAll();
    return List.copyOf(unsettled);
  }

  /** Takes no more events. */
  synchronized void close() {
    closed = true;
  }

  /** Ends the sender; the events that are left. */
  synchronized List<PendingEvent> stop() {
    stopped = true;
    waiting.clear();
    notifyAll();
    return List.copyOf(unsettled);
  }
}
