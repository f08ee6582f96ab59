package dev.millrace.tests.cloud;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.process.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of the function over some batches, whose instances are killed at random instants and
 * replaced by others.
 */
final class KillNineRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The last batches are pushed so many kills before the last. */
  private static final int KILLS_AFTER_LAST_BATCH = 3;

  private final Deployment deployment;
  private final FunctionImage image;
  private final Path folder;
  private final int kills;
  private final Duration firstLoad;
  private final Queue<BatchRef> unpublished;
  private final int batches;
  private final List<FunctionProcess> listening = new CopyOnWriteArrayList<>();
  private long endNanos;
  private int begun;
  private int killed;
  private int busy;
  private int pushes;

  /**
   * @param folder for settings files
   * @param kills how many
   * @param firstLoad how long the first load of a process takes, about: most kills come before that
   */
  KillNineRun(
      Deployment deployment,
      FunctionImage image,
      Path folder,
      int kills,
      Duration firstLoad,
      List<BatchRef> batches) {
    this.deployment = deployment;
    this.image = image;
    this.folder = folder;
    this.kills = kills;
    this.firstLoad = firstLoad;
    this.unpublished = new ArrayDeque<>(batches);
    this.batches = batches.size();
  }

  /**
   * Loads all batches in spite of the kills.
   *
   * @param instances that run at once
   * @param seed of the instants
   * @param atMost after which nothing is killed any more
   */
  void run(int instances, long seed, Duration atMost) throws Exception {
    endNanos = System.nanoTime() + atMost.toNanos();
    Random seeds = new Random(seed);
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    try (ImpatientSubscription subscription =
        new ImpatientSubscription(this::anyPort, 2 * instances)) {
      List<Future<?>> killers = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        Random random = new Random(seeds.nextLong());
        killers.add(
            threads.submit(
                () -> {
                  killUntilAllAreDone(subscription, random);
                  return null;
                }));
      }
      for (Future<?> killer : killers) {
        killer.get();
      }
      unpublished.forEach(subscription::publish);
      finish(subscription);
      pushes = subscription.pushes();
    } finally {
      threads.shutdownNow();
      listening.forEach(FunctionProcess::close);
    }
  }

  /** Kills in all. */
  synchronized int killed() {
    return killed;
  }

  /** Kills that left a push without its answer. */
  synchronized int busy() {
    return busy;
  }

  /** How often a notice was pushed. */
  int pushes() {
    return pushes;
  }

  private void killUntilAllAreDone(ImpatientSubscription subscription, Random random)
      throws Exception {
    while (publishWhatIsDue(subscription)) {
      try (FunctionProcess instance = launch().awaitReady()) {
        listening.add(instance);
        awaitInstant(random);
        boolean wasBusy = subscription.isPushingTo(instance.port());
        listening.remove(instance);
        instance.kill();
        count(wasBusy, subscription);
      }
    }
  }

  private synchronized void count(boolean wasBusy, ImpatientSubscription subscription) {
    killed++;
    busy += wasBusy ? 1 : 0;
    if (killed % Math.max(1, kills / 10) == 0) {
      System.out.printf(
          "kill %4d of %d: %d at work, %d pushes, %d notices unacknowledged%n",
          killed, kills, busy, subscription.pushes(), subscription.unacknowledged());
    }
  }

  /**
   * As many batches as the kills so far allow, so that there is work at each kill.
   *
   * @return whether one more instance is to be killed
   */
  private synchronized boolean publishWhatIsDue(ImpatientSubscription subscription) {
    double share = (begun + 1.0) / Math.max(1, kills - KILLS_AFTER_LAST_BATCH);
    while (!unpublished.isEmpty() && batches - unpublished.size() < share * batches) {
      subscription.publish(unpublished.poll());
    }
    return System.nanoTime() < endNanos && begun++ < kills;
  }

  private void finish(ImpatientSubscription subscription) throws Exception {
    try (FunctionProcess last = launch().awaitReady()) {
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
    return deployment.launch(image, folder, "-XX:TieredStopAtLevel=1");
  }

  /** Mostly within the first load, sometimes later. */
  private void awaitInstant(Random random) {
    double loads = (random.nextInt(4) == 0 ? 2.5 : 1.1) * random.nextDouble();
    long until = System.nanoTime() + (long) (loads * firstLoad.toNanos());
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private OptionalInt anyPort() {
    Object[] now = listening.toArray();
    return now.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(
            ((FunctionProcess) now[ThreadLocalRandom.current().nextInt(now.length)]).port());
  }
}
