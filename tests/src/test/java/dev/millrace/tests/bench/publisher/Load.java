package dev.millrace.tests.bench.publisher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Threads that call {@code track} with events of about 1 KiB. */
final class Load {
  private static final String[] WORDS =
      "order cart product checkout payment coupon search filter session device campaign region"
          .split(" ");
  private static final int TEXTS = 500;

  /** So that the whole event has 1,024 bytes, give or take a few. */
  private static final int TEXT_LENGTH = 800;

  private final List<String> texts = new ArrayList<>();

  Load() {
    Random random = new Random(1);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < TEXT_LENGTH) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append('-').append(random.nextInt(10_000));
        text.append(' ');
      }
      texts.add(text.substring(0, TEXT_LENGTH));
    }
  }

  Map<String, Object> properties(int number) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("number", number);
    properties.put("total", number * 0.25);
    properties.put("text", texts.get(number % TEXTS));
    return properties;
  }

  /**
   * Calls {@code track} so often, spread over the threads.
   *
   * @param aSecond calls of all threads; 0 for as many as there can be
   * @return how long each call took, in nanoseconds
   */
  Histogram run(Contestant.Client client, int events, int threads, int aSecond) throws Exception {
    Recorder recorder = new Recorder(3);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> working = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        working.add(
            pool.submit(
                () -> {
                  call(client, recorder, new Share(first, threads, events, aSecond));
                  return null;
                }));
      }
      for (Future<?> each : working) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return recorder.getIntervalHistogram();
  }

  /** Every so-manieth event, from this one on. */
  private record Share(int first, int step, int events, int aSecond) {}

  private void call(Contestant.Client client, Recorder recorder, Share share) throws Exception {
    long start = System.nanoTime();
    for (int i = share.first(); i < share.events(); i += share.step()) {
      if (share.aSecond() > 0) {
        LockSupport.parkNanos(start + i * 1_000_000_000L / share.aSecond() - System.nanoTime());
      }
      Map<String, Object> properties = properties(i);
      long called = System.nanoTime();
      client.track("Order Completed", properties);
      recorder.recordValue(System.nanoTime() - called);
    }
  }
}
