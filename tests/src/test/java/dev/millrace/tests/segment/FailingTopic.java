package dev.millrace.tests.segment;

import dev.millrace.collector.topic.EventTopic;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic that counts, and whose first message may fail. Thread-safe. */
final class FailingTopic implements EventTopic {
  private final AtomicInteger failures;
  private final RuntimeException failure;
  private final AtomicInteger taken = new AtomicInteger();

  private FailingTopic(int failures, RuntimeException failure) {
    this.failures = new AtomicInteger(failures);
    this.failure = failure;
  }

  static FailingTopic never() {
    return new FailingTopic(0, null);
  }

  static FailingTopic once(RuntimeException failure) {
    return new FailingTopic(1, failure);
  }

  @Override
  public CompletableFuture<Void> publish(byte[] data, Map<String, String> attributes) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return CompletableFuture.failedFuture(failure);
    }
    taken.incrementAndGet();
    return CompletableFuture.completedFuture(null);
  }

  /** How many messages it has. */
  int taken() {
    return taken.get();
  }
}
