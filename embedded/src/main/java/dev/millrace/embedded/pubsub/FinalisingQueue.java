package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has batches finalised one after another on a thread of its own. One that fails, as on a full
 * disk, is tried again every second until it goes; meanwhile its messages are safe in its journal.
 */
final class FinalisingQueue {
  private static final System.Logger LOG = System.getLogger(FinalisingQueue.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Finaliser finaliser;
  private final Consumer<Finaliser.Finalised> done;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "finalise"));
  private final Object settled = new Object();
  private int outstanding;

  /**
   * @param done is told of each object that shows, on the queue's thread
   */
  FinalisingQueue(Finaliser finaliser, Consumer<Finaliser.Finalised> done) {
    this.finaliser = finaliser;
    this.done = done;
  }

  void add(SealedBatch batch) {
    synchronized (settled) {
      outstanding++;
    }
    thread.execute(() -> attempt(batch, true));
  }

  /**
   * Waits until all is finalised, at most {@code patience}, then stops.
   *
   * @return how many batches are left for the next start
   */
  int close(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      synchronized (settled) {
        long leftNanos = deadline - System.nanoTime();
        while (outstanding > 0 && leftNanos > 0) {
          TimeUnit.NANOSECONDS.timedWait(settled, leftNanos);
          leftNanos = deadline - System.nanoTime();
        }
        return outstanding;
      }
    } finally {
      thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      thread.shutdown();
      thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void attempt(SealedBatch batch, boolean first) {
    Optional<Finaliser.Finalised> finalised;
    try {
      finalised = finaliser.finalise(batch);
    } catch (IOException | RuntimeException | Error e) {
      // Errors too: the thread's owner would swallow them, and the batch would wait in silence.
      // The first failure of a batch is told in full, the repeated ones quietly.
      LOG.log(
          first ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG,
          "The batch "
              + batch.objectName()
              + " can't be finalised now. Nothing of it is lost; it is tried again every second.",
          e);
      if (!thread.isShutdown()) {
        thread.schedule(() -> attempt(batch, false), RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
      return;
    }
    try {
      finalised.ifPresent(done);
    } finally {
      synchronized (settled) {
        outstanding--;
        settled.notifyAll();
      }
    }
  }
}
