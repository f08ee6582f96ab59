package dev.millrace.loader.replay;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadOutcome.TryAgain;
import dev.millrace.loader.ports.LoadError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Loads batches, several at once. What every batch will run into ends the work. */
final class ReplayThreads implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ReplayThreads.class.getName());

  private final ReplayPlan plan;
  private final LoadQuota quota;
  private final ReplayListener listener;
  private final ExecutorService threads;
  // What stands in every batch's way; null while nothing does.
  private final AtomicReference<TryAgain> obstacle = new AtomicReference<>();

  ReplayThreads(ReplayPlan plan, LoadQuota quota, ReplayListener listener) {
    this.plan = plan;
    this.quota = quota;
    this.listener = listener;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            plan.parallel(),
            work -> {
              Thread thread = new Thread(work, "replay-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Loads batches and waits for all of them.
   *
   * @param done told of each, on this thread
   */
  void load(List<Replayable> batches, BiConsumer<Replayable, LoadOutcome> done) throws IOException {
    CompletionService<LoadOutcome> loads = new ExecutorCompletionService<>(threads);
    Map<Future<LoadOutcome>, Replayable> waiting = new HashMap<>();
    for (Replayable batch : batches) {
      waiting.put(loads.submit(() -> load(batch)), batch);
    }
    try {
      while (!waiting.isEmpty()) {
        Future<LoadOutcome> load = loads.take();
        done.accept(waiting.remove(load), load.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; run it again to go on");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private LoadOutcome load(Replayable batch) throws IOException, InterruptedException {
    String loadId = LoadId.of(batch.batch());
    if (obstacle.get() == null) {
      quota.await(listener);
    }
    TryAgain inTheWay = obstacle.get();
    if (inTheWay != null) {
      return new TryAgain(loadId, inTheWay.error(), "not tried, for: " + inTheWay.detail());
    }
    LoadOutcome outcome;
    try {
      outcome = batch.load(plan.budget());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the load of " + batch.label() + " failed", e);
      return new TryAgain(loadId, LoadError.UNEXPECTED, sentence(e));
    }
    if (outcome instanceof LoadOutcome.Loaded loaded) {
      quota.used(loaded.report().rows().keySet());
    }
    if (outcome instanceof TryAgain again
        && again.error().blame() == LoadError.Blame.CONFIGURATION) {
      obstacle.compareAndSet(null, again);
    }
    return outcome;
  }

  /** What an exception says, for a person. */
  static String sentence(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
