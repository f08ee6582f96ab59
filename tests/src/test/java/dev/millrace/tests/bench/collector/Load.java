package dev.millrace.tests.bench.collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests on several connections for some seconds.
 *
 * @param request sent again and again
 * @param perSecond how many in all; 0 for as many as go. At a rate, a request's time counts from
 *     when it was due, so that a wait of one is a wait of those behind it too
 */
record Load(byte[] request, int connections, int seconds, int perSecond) {
  Outcome run(int port) throws Exception {
    Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
    AtomicLong refused = new AtomicLong();
    AtomicLong next = new AtomicLong();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> threads = new ArrayList<>();
    List<Exception> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < connections; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Connection connection = new Connection(port)) {
                  sendUntil(end, start, connection, new Counters(micros, refused, next));
                } catch (IOException e) {
                  failures.add(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    double took = (System.nanoTime() - start) / 1e9;
    return new Outcome(
        micros.getTotalCount() / took, millis(micros, 50), millis(micros, 99), refused.get());
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  private record Counters(Histogram micros, AtomicLong refused, AtomicLong next) {}

  private void sendUntil(long end, long start, Connection connection, Counters counters)
      throws IOException {
    while (true) {
      long due = System.nanoTime();
      if (perSecond > 0) {
        due = start + counters.next.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      }
      if (due >= end) {
        return;
      }
      int status = connection.send(request);
      counters.micros.recordValue(
          TimeUnit.NANOSECONDS.toMicros(Math.max(0, System.nanoTime() - due)));
      if (status != 200) {
        counters.refused.incrementAndGet();
      }
    }
  }
}
