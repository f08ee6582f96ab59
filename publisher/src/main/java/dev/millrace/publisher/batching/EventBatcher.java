package dev.millrace.publisher.batching;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Collects events until a batch is full, or its first event has waited long enough. Events of
 * unlike attributes never share a batch. Thread-safe; batches are handed on in order, one at a
 * time.
 */
public final class EventBatcher {
  private final BatchLimits limits;
  private final ScheduledExecutorService timer;
  private final Consumer<EventBatch> full;
  private final ReentrantLock lock = new ReentrantLock();
  private EventBatch open;

  /**
   * @param timer runs what becomes due; the batcher doesn't end it
   * @param full takes each batch; while it waits, so does whoever adds an event
   */
  public EventBatcher(
      BatchLimits limits, ScheduledExecutorService timer, Consumer<EventBatch> full) {
    this.limits = limits;
    this.timer = timer;
    this.full = full;
  }

  /** Adds an event; what it returns is completed by whoever takes the batch. */
  public CompletionStage<String> add(byte[] payload, Map<String, String> attributes) {
    lock.lock();
    try {
      if (open != null && (!limits.fits(open, payload) || !open.attributes().equals(attributes))) {
        handOn();
      }
      if (open == null) {
        open = new EventBatch(attributes);
        flushLater(open);
      }
      CompletionStage<String> answer = open.add(payload);
      if (open.size() >= limits.maxEvents()) {
        handOn();
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private void flushLater(EventBatch batch) {
    try {
      timer.schedule(() -> flush(batch), limits.delay().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The transport is closing: it flushes itself.
      return;
    }
  }

  private void flush(EventBatch batch) {
    lock.lock();
    try {
      if (open == batch) {
        handOn();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hands on what there is. */
  public void flush() {
    lock.lock();
    try {
      handOn();
    } finally {
      lock.unlock();
    }
  }

  /** The same, unless another batch is still being handed on when the patience ends. */
  public void flush(Duration patience) {
    try {
      if (lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          handOn();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOn() {
    if (open != null) {
      EventBatch batch = open;
      open = null;
      full.accept(batch);
    }
  }
}
