package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does the same for several tables at once, at most 48 in the process: enough that a batch's load
 * jobs run side by side, and less than half of the 100 calls a second that BigQuery's API takes
 * from one user. A task must not hand over tasks of its own. Thread-safe.
 */
final class Parallel implements AutoCloseable {
  private static final int THREADS = 48;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  Parallel() {
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "bigquery-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** What is done for one of them. */
  @FunctionalInterface
  interface Task<T, R> {
    R run(T item) throws IOException;
  }

  /**
   * Does all of it, also where some fail.
   *
   * @return the results, in the items' order
   * @throws IOException the gravest of the failures: what nobody retries before what passes
   */
  <T, R> List<R> all(Collection<T> items, Task<T, R> task) throws IOException {
    List<Future<R>> futures = new ArrayList<>();
    for (T item : items) {
      futures.add(threads.submit(() -> task.run(item)));
    }
    List<R> results = new ArrayList<>();
    IOException gravest = null;
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        gravest = graver(gravest, ofCause(e));
      } catch (InterruptedException e) {
        futures.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        throw new LoadException(LoadError.OUT_OF_TIME, "told to stop while BigQuery worked", e);
      }
    }
    if (gravest != null) {
      throw gravest;
    }
    return results;
  }

  private static IOException ofCause(ExecutionException e) {
    if (e.getCause() instanceof IOException failure) {
      return failure;
    }
    if (e.getCause() instanceof RuntimeException bug) {
      throw bug;
    }
    throw new IllegalStateException(e.getCause());
  }

  private static IOException graver(IOException one, IOException other) {
    if (one == null) {
      return other;
    }
    IOException graver = gravity(other) > gravity(one) ? other : one;
    graver.addSuppressed(graver == one ? other : one);
    return graver;
  }

  private static int gravity(IOException e) {
    if (!(e instanceof LoadException failure)) {
      return 0;
    }
    return switch (failure.error().blame()) {
      case PASSING -> 1;
      case OBJECT, US -> 2;
      case CONFIGURATION -> 3;
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
