package dev.millrace.publisher;

import dev.millrace.publisher.spool.Appended;
import dev.millrace.publisher.spool.Spool;
import java.time.Duration;
import java.util.Optional;

/** Decides where a new event goes: memory, disk, both or nowhere. Thread-safe. */
final class Intake {
  private final OutboundQueue queue;
  private final Spool spool;
  private final Tally tally;
  private final Settlement settlement;
  private final boolean keepEvery;
  private final boolean overflow;
  private final Duration patience;

  /**
   * @param keepEvery whether every event goes to the spool, which must be one then
   */
  Intake(
      OutboundQueue queue,
      Spool spool,
      Tally tally,
      Settlement settlement,
      boolean keepEvery,
      WhenFull whenFull) {
    this.queue = queue;
    this.spool = spool;
    this.tally = tally;
    this.settlement = settlement;
    this.keepEvery = keepEvery;
    this.overflow = whenFull instanceof WhenFull.ToSpool;
    this.patience = whenFull instanceof WhenFull.Block block ? block.patience() : Duration.ZERO;
  }

  /** Takes the event, or says why not; waits for room where that is wanted. */
  Outcome take(PendingEvent event) {
    Optional<Outcome> outcome = offer(event);
    if (outcome.isPresent()) {
      return outcome.get();
    }
    Deadline deadline = Deadline.in(patience);
    while (queue.awaitRoom(event, deadline)) {
      outcome = offer(event);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return queue.full();
  }

  /** Empty if the queue is full and the event has to wait or to go. */
  private Optional<Outcome> offer(PendingEvent event) {
    if (spool.exists()) {
      return offerBesideSpool(event);
    }
    Optional<Outcome.Refused> refusal = queue.offer(event);
    if (refusal.isEmpty()) {
      return Optional.of(new Outcome.Accepted());
    }
    return refusal.get().reason() == Outcome.Reason.QUEUE_FULL
        ? Optional.empty()
        : Optional.of(refusal.get());
  }

  private Optional<Outcome> offerBesideSpool(PendingEvent event) {
    boolean toMemory;
    synchronized (spool) {
      if (queue.isClosed()) {
        return Optional.of(OutboundQueue.closedNow());
      }
      toMemory = queue.hasRoomFor(event) && !(overflow && spool.unread() > 0);
      if (!toMemory && !overflow) {
        return Optional.empty();
      }
      if (keepEvery || !toMemory) {
        Appended appended = spool.append(event.record(), toMemory);
        if (appended instanceof Appended.NotKept not) {
          return Optional.of(new Outcome.Refused(Outcome.Reason.SPOOL_FULL, not.detail()));
        }
        event.keptAt(((Appended.Kept) appended).place());
      }
      if (toMemory) {
        // There is room, and the queue is open: both change only under this lock.
        queue.offer(event);
      } else {
        tally.accepted(true);
        queue.moreOnDisk();
      }
    }
    if (!toMemory) {
      settlement.spooled(event);
    }
    boolean safe = event.isOnDisk() && spool.force(event.place());
    return Optional.of(safe ? new Outcome.Spooled() : new Outcome.Accepted());
  }
}
