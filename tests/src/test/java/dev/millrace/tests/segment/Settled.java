package dev.millrace.tests.segment;

import com.segment.analytics.Callback;
import com.segment.analytics.messages.Message;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What analytics-java tells of its messages. Thread-safe. */
final class Settled implements Callback {
  private static final int PATIENCE_SECONDS = 60;

  private final AtomicInteger succeeded = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final CountDownLatch unsettled;

  Settled(int messages) {
    unsettled = new CountDownLatch(messages);
  }

  @Override
  public void success(Message message) {
    succeeded.incrementAndGet();
    unsettled.countDown();
  }

  @Override
  public void failure(Message message, Throwable throwable) {
    failed.incrementAndGet();
    unsettled.countDown();
  }

  /** Waits until all have been told of, a minute at most. */
  void await() throws InterruptedException {
    unsettled.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public String toString() {
    return "succeeded=%d failed=%d".formatted(succeeded.get(), failed.get());
  }
}
