package dev.millrace.collector;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells what was counted, once a minute at most, while there are requests: where there are none, a
 * host may give no processor. Thread-safe.
 */
final class TallyLog {
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Tally tally;
  private final Consumer<String> log;
  private final LongSupplier nanoClock;
  private final AtomicLong nextNanos;
  private volatile String told;

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  TallyLog(Tally tally, Consumer<String> log, LongSupplier nanoClock) {
    this.tally = tally;
    this.log = log;
    this.nanoClock = nanoClock;
    this.nextNanos = new AtomicLong(nanoClock.getAsLong() + EVERY_NANOS);
    this.told = tally.toString();
  }

  /** Called after each request. */
  void mayTell() {
    long next = nextNanos.get();
    long now = nanoClock.getAsLong();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + EVERY_NANOS)) {
      tell();
    }
  }

  /** Tells now, unless nothing has changed since. */
  void tell() {
    String line = tally.toString();
    if (!line.equals(told)) {
      told = line;
      log.accept(line);
    }
  }
}
