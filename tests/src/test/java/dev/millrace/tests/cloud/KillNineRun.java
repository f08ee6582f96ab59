package dev.millrace.tests.cloud;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills instances of the function at random instants while batches are pushed to them, and starts
 * others in their place.
 *
 * @param folder for settings files
 * @param kills how many
 * @param instances that run at once
 * @param firstLoad how long the first load of a process takes, about: kills come before that and a
 *     while after it
 * @param seed of the instants
 */
record KillNineRun(
    Deployment deployment, Path folder, int kills, int instances, Duration firstLoad, long seed) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The kills are over when the last batch has been published for about so many of them. */
  private static final int KILLS_AFTER_LAST_BATCH = 3;

  /**
   * What came of it.
   *
   * @param pushes how often a notice was pushed
   * @param interrupted kills that left a push without its answer
   */
  record Result(int pushes, int interrupted) {}

  /** Loads all batches in spite of the kills. */
  Result over(List<BatchRef> batches) throws Exception {
    List<FunctionProcess> listening = new CopyOnWriteArrayList<>();
    AtomicInteger killed = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    try (ImpatientSubscription subscription =
        new ImpatientSubscription(() -> any(listening), 2 * instances)) {
      ConcurrentLinkedQueue<BatchRef> unpublished = new ConcurrentLinkedQueue<>(batches);
      Random seeds = new Random(seed);
      List<Future<Void>> killers =
          java.util.stream.Stream.generate(() -> new Random(seeds.nextLong()))
              .limit(instances)
              .map(
                  random ->
                      threads.submit(
                          (Callable<Void>)
                              () -> {
                                while (killed.get() < kills) {
                                  publish(unpublished, batches.size(), killed.get(), subscription);
                                  try (FunctionProcess instance = launch()) {
                                    instance.awaitReady();
                                    listening.add(instance);
                                    int before = subscription.pushes();
                                    awaitInstant(random);
                                    boolean busy = !subscription.pushing().isEmpty();
                                    listening.remove(instance);
                                    instance.kill();
                                    killed.incrementAndGet();
                                    interrupted.addAndGet(busy ? 1 : 0);
                                    report(killed.get(), subscription, before);
                                  }
                                }
                                return null;
                              }))
              .toList();
      for (Future<Void> killer : killers) {
        killer.get();
      }
      publish(unpublished, batches.size(), Integer.MAX_VALUE, subscription);
      finish(subscription, listening);
      return new Result(subscription.pushes(), interrupted.get());
    } finally {
      threads.shutdownNow();
      listening.forEach(FunctionProcess::close);
    }
  }

  private void finish(ImpatientSubscription subscription, List<FunctionProcess> listening)
      throws Exception {
    try (FunctionProcess last = launch()) {
      last.awaitReady();
      listening.add(last);
      try {
        Eventually.until(
            "every batch is acknowledged", PATIENCE, () -> subscription.unacknowledged() == 0);
      } catch (AssertionError e) {
        throw new AssertionError(
            e.getMessage() + "\n" + subscription.lastAnswers() + "\n" + last.log(), e);
      } finally {
        listening.remove(last);
      }
    }
  }

  private FunctionProcess launch() throws Exception {
    return deployment.launch(folder, "-XX:TieredStopAtLevel=1");
  }

  /** As many batches as the kills so far allow, so that there is work at each kill. */
  private void publish(
      ConcurrentLinkedQueue<BatchRef> unpublished,
      int batches,
      int killed,
      ImpatientSubscription subscription) {
    double share = (killed + 1.0) / Math.max(1, kills - KILLS_AFTER_LAST_BATCH);
    long due = killed == Integer.MAX_VALUE ? batches : Math.round(share * batches);
    while (batches - unpublished.size() < due) {
      BatchRef next = unpublished.poll();
      if (next == null) {
        return;
      }
      subscription.publish(next);
    }
  }

  /** Mostly within the first load, for that one takes longest; sometimes later. */
  private void awaitInstant(Random random) {
    double loads = random.nextInt(4) == 0 ? 2.5 * random.nextDouble() : 1.1 * random.nextDouble();
    long until = System.nanoTime() + (long) (loads * firstLoad.toNanos());
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void report(int killed, ImpatientSubscription subscription, int pushesBefore) {
    if (killed % Math.max(1, kills / 10) == 0) {
      System.out.printf(
          "kill %4d of %d: %d pushes, %d notices unacknowledged%n",
          killed, kills, subscription.pushes(), subscription.unacknowledged());
    }
  }

  private static OptionalInt any(List<FunctionProcess> listening) {
    Object[] now = listening.toArray();
    return now.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(
            ((FunctionProcess) now[ThreadLocalRandom.current().nextInt(now.length)]).port());
  }
}
