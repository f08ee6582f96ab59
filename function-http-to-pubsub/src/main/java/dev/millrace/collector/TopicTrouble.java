package dev.millrace.collector;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Logs why the topic takes no events, once a minute at most. Thread-safe. */
final class TopicTrouble {
  private static final System.Logger LOGGER = System.getLogger(TopicTrouble.class.getName());
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoClock;
  private final AtomicLong nextNanos;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  TopicTrouble(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.nextNanos = new AtomicLong(nanoClock.getAsLong());
  }

  void tell(Throwable failure) {
    long next = nextNanos.get();
    long now = nanoClock.getAsLong();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + EVERY_NANOS)) {
      String reason = failure.toString();
      LOGGER.log(System.Logger.Level.ERROR, () -> "The topic does not take events: " + reason);
    }
  }
}
