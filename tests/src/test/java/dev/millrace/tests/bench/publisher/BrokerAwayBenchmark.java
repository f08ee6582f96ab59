package dev.millrace.tests.bench.publisher;

import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.tests.bench.PeakMemory;
import dev.millrace.tests.process.FreePort;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** An app that publishes 1,000 events a second, with default settings, to a broker that is away. */
final class BrokerAwayBenchmark {
  private static final int A_SECOND = 1_000;

  private BrokerAwayBenchmark() {}

  /** How many seconds. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    Publisher publisher =
        Publisher.builder(
                PubSubTransport.builder("project", "topic")
                    .endpoint("127.0.0.1:" + FreePort.find())
                    .build())
            .build();
    AtomicLong refused = new AtomicLong();
    AtomicLong mostInHeap = new AtomicLong();
    long[] calls = {0};
    Contestant.Client client = client(publisher, refused, mostInHeap, calls);
    Histogram latency = new Load().run(client, seconds * A_SECOND, 1, A_SECOND);
    DeliveryReport report = publisher.close(Duration.ofSeconds(5));
    System.out.printf(
        Locale.ROOT,
        """
        %d s without a broker, %,d calls a second of 1 KiB, default settings
        accepted              %,d
        refused, queue full   %,d (the calls said so: %,d)
        dropped               %,d given up after their 10 minutes, %,d at close
        unaccounted for       %,d
        call                  p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs, max %.1f ms
        most heap in use      %.1f MiB after a collection
        peak memory           %.0f MiB of the whole process
        """,
        seconds,
        A_SECOND,
        report.accepted(),
        report.refused().getOrDefault(Outcome.Reason.QUEUE_FULL, 0L),
        refused.get(),
        report.dropped().getOrDefault(Delivery.Reason.NOT_DELIVERED, 0L),
        report.dropped().getOrDefault(Delivery.Reason.OUT_OF_TIME, 0L),
        (long) seconds * A_SECOND - report.refusedTotal() - report.droppedTotal(),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(99) / 1e3,
        latency.getValueAtPercentile(99.9) / 1e3,
        latency.getMaxValue() / 1e6,
        mostInHeap.get() / 1048576.0,
        PeakMemory.ofThisProcess() / 1048576.0);
    System.exit(0);
  }

  private static Contestant.Client client(
      Publisher publisher, AtomicLong refused, AtomicLong mostInHeap, long[] calls) {
    return new Contestant.Client() {
      @Override
      public void track(String event, Map<String, Object> properties) {
        Publication publication = publisher.track(event, properties);
        if (!publication.isAccepted()) {
          refused.incrementAndGet();
        }
        if (++calls[0] % (60 * A_SECOND) == 0) {
          // On another thread: the collection is not the call's.
          new Thread(() -> look(mostInHeap)).start();
        }
      }

      @Override
      public long awaitDelivered() {
        return 0;
      }

      @Override
      public long close() {
        return 0;
      }
    };
  }

  private static void look(AtomicLong mostInHeap) {
    System.gc();
    mostInHeap.accumulateAndGet(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
  }
}
