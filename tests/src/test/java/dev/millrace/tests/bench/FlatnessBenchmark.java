package dev.millrace.tests.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;

/**
 * Whether an event costs the same in a large batch as in a small one, in time and in memory: {@code
 * scripts/bench flat} runs it, with a heap that can't hold more than is promised.
 */
final class FlatnessBenchmark {
  /** What the normaliser may hold beside the schema and the identities of the events. */
  private static final long PROMISED_BYTES = 64L << 20;

  private static final int BYTES_PER_MESSAGE_ID = 24;
  private static final int CHECKPOINTS = 20;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private final Path file;
  private final OwnNormalizer normalizer;
  private long mostBeyondPromise;
  private long mostInUse;
  private long measuringNanos;

  private FlatnessBenchmark(Path file, OwnNormalizer normalizer) {
    this.file = file;
    this.normalizer = normalizer;
  }

  /**
   * @param arguments a file of 100,000 events, and how many events each batch is to have
   */
  public static void main(String... arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    OwnNormalizer normalizer = OwnNormalizer.withEmptySchema(new byte[0], 0);
    new FlatnessBenchmark(file, normalizer).batch(1_000_000);
    System.out.printf(
        "%14s%12s%22s%24s%n",
        "events", "ns/event", "most heap in use, MiB", "that, bytes an event");
    boolean kept = true;
    for (int i = 1; i < arguments.length; i++) {
      long events = Long.parseLong(arguments[i]);
      FlatnessBenchmark run = new FlatnessBenchmark(file, normalizer);
      double nanos = run.batch(events);
      System.out.printf(
          "%,14d%,12.0f%22.1f%24.1f%n",
          events, nanos, run.mostInUse / 1048576.0, run.mostInUse / (double) events);
      kept &= run.mostBeyondPromise <= 0;
    }
    System.out.println(
        kept
            ? "heap in use stayed under 64 MiB and 24 bytes an event"
            : "HEAP IN USE WENT BEYOND 64 MiB and 24 bytes an event");
    System.exit(kept ? 0 : 1);
  }

  /**
   * Nanoseconds of processor time an event, its making included, and the looking at the heap left
   * out.
   */
  private double batch(long events) throws IOException {
    long before = inUse();
    long every = Math.max(1, events / CHECKPOINTS);
    mostBeyondPromise = Long.MIN_VALUE;
    long start = threadNanos();
    measuringNanos = 0;
    RepeatedEvents stream =
        RepeatedEvents.count(
            file,
            events,
            count -> {
              if (count % every == every - 1) {
                check(count, before);
              }
            });
    if (normalizer.normalise(stream, new OwnNormalizer.RowBytes()).loaded() != events) {
      throw new IllegalStateException("not all of " + events + " events were loaded");
    }
    return (threadNanos() - start - measuringNanos) / (double) events;
  }

  private void check(long events, long before) {
    long start = threadNanos();
    long used = inUse() - before;
    mostInUse = Math.max(mostInUse, used);
    mostBeyondPromise =
        Math.max(mostBeyondPromise, used - PROMISED_BYTES - BYTES_PER_MESSAGE_ID * events);
    measuringNanos += threadNanos() - start;
  }

  /** Of this thread alone: the compiler, still at work in a short batch, doesn't count. */
  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long inUse() {
    System.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
