package dev.millrace.publisher;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An instant that a wait must not pass.
 *
 * @param nanoTime on the scale of {@link System#nanoTime}
 */
record Deadline(long nanoTime) {
  /** Longer waits than this are the same as for ever. */
  private static final Duration LONGEST = Duration.ofDays(365);

  static Deadline in(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    return new Deadline(System.nanoTime() + bounded.toNanos());
  }

  Deadline minus(Duration earlier) {
    Duration bounded = earlier.compareTo(LONGEST) > 0 ? LONGEST : earlier;
    return new Deadline(nanoTime - bounded.toNanos());
  }

  /** Never negative. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** Waits for all, or until the deadline, or for an interrupt, which stays set. */
  void awaitAll(List<? extends CompletableFuture<?>> futures) {
    try {
      CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
          .get(remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // Out of time: the caller counts what is left.
      return;
    }
  }
}
