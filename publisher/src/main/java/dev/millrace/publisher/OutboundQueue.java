package dev.millrace.publisher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The events in memory that are not yet settled: those that wait for the sender, those that the
 * transport has, and those that are to be sent again. All count towards the bounds.
 */
final class OutboundQueue {
  // The sender wakes for so many events, or a moment after the first: waking it for each would cost
  // the calls more than writing them, and a transport waits longer than that to fill a batch.
  private static final int EVENTS_A_WAKE = 256;
  private static final long LINGER_NANOS = 5_000_000;

  /** What the sender has to do next; nothing, where it should look into the spool. */
  record Work(List<PendingEvent> events, boolean flush) {}

  /** A moment in the queue's life: all that was accepted before it. */
  record Mark(long nextNumber, long fromDisk, boolean isOnDiskToo) {}

  private final Tally tally;
  private final Room room;
  private final SecondTries secondTries;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition settled = lock.newCondition();

  // In the order of their numbers.
  private final Set<PendingEvent> unsettled = new LinkedHashSet<>();
  private List<PendingEvent> waiting = new ArrayList<>();
  private long nextNumber;
  private long fromDisk;
  private boolean moreOnDisk;
  private boolean flushAsked;
  private boolean closed;
  private volatile boolean stopped;

  OutboundQueue(Room room, Duration retryPause, Tally tally) {
    this.room = room;
    this.secondTries = new SecondTries(retryPause);
    this.tally = tally;
  }

  /** Takes the event and counts it as accepted, or says why not. */
  Optional<Outcome.Refused> offer(PendingEvent event) {
    return locked(
        () -> {
          if (closed) {
            return Optional.of(closedNow());
          }
          if (!room.has(event.payload().length)) {
            return Optional.of(room.full());
          }
          tally.accepted(event.isOnDisk());
          add(event);
          return Optional.empty();
        });
  }

  /** Takes events that were read from the spool. */
  void addFromDisk(List<PendingEvent> events, boolean more) {
    run(
        () -> {
          events.forEach(this::add);
          fromDisk += events.size();
          moreOnDisk = more;
          settled.signalAll();
        });
  }

  private void add(PendingEvent event) {
    event.number = nextNumber++;
    unsettled.add(event);
    room.take(event.payload().length);
    waiting.add(event);
    if (waiting.size() == 1 || waiting.size() == EVENTS_A_WAKE) {
      work.signal();
    }
  }

  boolean hasRoomFor(PendingEvent event) {
    return locked(() -> room.has(event.payload().length));
  }

  boolean isClosed() {
    return locked(() -> closed);
  }

  static Outcome.Refused closedNow() {
    return new Outcome.Refused(Outcome.Reason.CLOSED, "The publisher is closed; it takes no more.");
  }

  Outcome.Refused full() {
    return locked(room::full);
  }

  /**
   * Waits for room until the deadline, the queue's end or an interrupt, which stays set.
   *
   * @return whether it is worth offering the event again
   */
  boolean awaitRoom(PendingEvent event, Deadline deadline) {
    return await(deadline, () -> closed || room.has(event.payload().length));
  }

  /**
   * Asks the sender to flush what waits now.
   *
   * @param unread events that are on disk alone
   */
  Mark askFlush(long unread) {
    return locked(
        () -> {
          flushAsked = true;
          work.signal();
          return new Mark(nextNumber, fromDisk + unread, unread > 0);
        });
  }

  /** Waits until all that was accepted before the mark is settled; false if time is up before. */
  boolean awaitSettled(Mark mark, Deadline deadline) {
    if (!await(deadline, () -> !moreOnDisk || fromDisk >= mark.fromDisk())) {
      return false;
    }
    long before = locked(() -> mark.isOnDiskToo() ? nextNumber : mark.nextNumber());
    return await(
        deadline, () -> unsettled.isEmpty() || unsettled.iterator().next().number >= before);
  }

  /** Waits for work; empty when there will be no more. */
  Optional<Work> take() throws InterruptedException {
    lock.lock();
    try {
      while (!hasWork()) {
        if (secondTries.isEmpty()) {
          work.await();
        } else {
          work.await(secondTries.pause().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
      linger();
      if (stopped) {
        return Optional.empty();
      }
      if (flushAsked || secondTries.isDue()) {
        waiting.addAll(secondTries.take());
      }
      Work next = new Work(waiting, flushAsked);
      waiting = new ArrayList<>();
      flushAsked = false;
      return Optional.of(next);
    } finally {
      lock.unlock();
    }
  }

  private void linger() throws InterruptedException {
    long nanos = LINGER_NANOS;
    while (!stopped && !flushAsked && waiting.size() < EVENTS_A_WAKE && nanos > 0) {
      nanos = work.awaitNanos(nanos);
    }
  }

  private boolean hasWork() {
    return stopped || !waiting.isEmpty() || flushAsked || needsRefillNow() || secondTries.isDue();
  }

  private boolean needsRefillNow() {
    return moreOnDisk && room.isHalfFree();
  }

  /** Whether events should be read from disk: there are some, and half of the room is free. */
  boolean needsRefill() {
    return locked(this::needsRefillNow);
  }

  /** Events wait on disk alone. */
  void moreOnDisk() {
    run(
        () -> {
          moreOnDisk = true;
          work.signal();
        });
  }

  /** The event failed, and is to be sent again after a pause. */
  void sendAgain(PendingEvent event) {
    run(
        () -> {
          if (unsettled.contains(event) && !stopped) {
            secondTries.add(event);
            work.signal();
          }
        });
  }

  /** The broker takes events: the next pause is short again. */
  void brokerAnswers() {
    run(secondTries::reset);
  }

  /** Lets go of an event; may be repeated. */
  void settle(PendingEvent event) {
    run(
        () -> {
          if (unsettled.remove(event)) {
            room.free(event.payload().length);
            settled.signalAll();
            if (needsRefillNow()) {
              work.signal();
            }
          }
        });
  }

  /** Whether the sender is at its end: what it still holds is settled by others. */
  boolean isStopped() {
    return stopped;
  }

  QueueLevel level() {
    return locked(room::level);
  }

  /** Takes no more events. */
  void close() {
    run(
        () -> {
          closed = true;
          settled.signalAll();
        });
  }

  /** Ends the sender; the events that are left. */
  List<PendingEvent> stop() {
    return locked(
        () -> {
          stopped = true;
          waiting.clear();
          secondTries.take();
          work.signal();
          return List.copyOf(unsettled);
        });
  }

  private boolean await(Deadline deadline, BooleanSupplier condition) {
    lock.lock();
    try {
      long nanos = deadline.remaining().toNanos();
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = settled.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  private void run(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }
}
