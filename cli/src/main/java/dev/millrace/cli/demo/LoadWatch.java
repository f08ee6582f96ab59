package dev.millrace.cli.demo;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.show.Counted;
import dev.millrace.embedded.pubsub.EndpointListener;
import dev.millrace.loader.ports.BatchRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Knows how many messages are in batches that the function has answered for. Thread-safe. */
final class LoadWatch implements EndpointListener {
  private final Set<BatchRef> waiting = new HashSet<>();
  private long batched;
  private String trouble = "the function has not answered";

  @Override
  public synchronized void finalised(BatchRef batch, long messages, long bytes) {
    batched += messages;
    waiting.add(batch);
  }

  @Override
  public synchronized void delivered(BatchRef batch, int attempts) {
    waiting.remove(batch);
    notifyAll();
  }

  @Override
  public synchronized void deliveryFailed(BatchRef batch, int status, String reason) {
    trouble = reason;
  }

  /**
   * Waits until so many messages, counted from the start, are through.
   *
   * @throws Failure if it takes longer than {@code patience}
   */
  synchronized void await(long messages, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (batched < messages || !waiting.isEmpty()) {
      long leftNanos = deadline - System.nanoTime();
      if (leftNanos <= 0) {
        throw Failure.failed(
            "after %d s %s of %s are batched and %s not loaded: %s"
                .formatted(
                    patience.toSeconds(),
                    Counted.number(batched),
                    Counted.of(messages, "message"),
                    Counted.of(waiting.size(), "batch"),
                    trouble));
      }
      TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
    }
  }
}
