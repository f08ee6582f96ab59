package dev.millrace.embedded;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other threads bring about, with a deadline. */
public final class Eventually {
  private static final long DEADLINE_NANOS = 20_000_000_000L;
  private static final long PAUSE_NANOS = 2_000_000;

  private Eventually() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 20 s: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
