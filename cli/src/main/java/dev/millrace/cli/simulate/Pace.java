package dev.millrace.cli.simulate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps to a rate: the n-th event comes n / rate seconds after the first. */
final class Pace {
  private static final long SHORTEST_WAIT_NANOS = Duration.ofMillis(1).toNanos();

  private final double perSecond;
  private final long startNanos;

  /**
   * @param perSecond events a second; 0 for as fast as can be
   */
  Pace(double perSecond, long startNanos) {
    this.perSecond = perSecond;
    this.startNanos = startNanos;
  }

  /** How long the n-th event, counted from 0, has still to wait. */
  Duration wait(long n, long nowNanos) {
    if (perSecond == 0) {
      return Duration.ZERO;
    }
    long dueNanos = startNanos + (long) (n / perSecond * 1e9);
    long waitNanos = dueNanos - nowNanos;
    return waitNanos < SHORTEST_WAIT_NANOS ? Duration.ZERO : Duration.ofNanos(waitNanos);
  }

  void await(long n) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(wait(n, System.nanoTime()).toNanos());
  }
}
