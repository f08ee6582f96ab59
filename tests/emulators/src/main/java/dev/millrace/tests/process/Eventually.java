package dev.millrace.tests.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes bring about, with a deadline. */
public final class Eventually {
  private static final long PAUSE_NANOS = 50_000_000;

  private Eventually() {}

  /**
   * Waits until the condition holds.
   *
   * @param what is waited for, for the failure's message
   * @throws AssertionError if it doesn't hold by then
   */
  public static void until(String what, Duration patience, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within %d s: %s".formatted(patience.toSeconds(), what));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
