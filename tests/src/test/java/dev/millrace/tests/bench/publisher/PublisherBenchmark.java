package dev.millrace.tests.bench.publisher;

import dev.millrace.tests.bench.CpuTime;
import dev.millrace.tests.emulator.PubSubEmulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Our publisher beside Google's bare client, both into the emulator, and Segment's analytics-java
 * into a server that answers at once: from the first call until all is delivered, in turns.
 */
final class PublisherBenchmark {
  private static final int[] THREADS = {1, 8};
  private static final int PACED_A_SECOND = 2_000;
  private static final int PACED_EVENTS = 20_000;
  private static final int CLOSED_EVENTS = 20_000;

  private final Load load = new Load();
  private final List<Contestant> contestants;
  private final Map<String, List<Double>> eventsASecond = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpuMicros = new LinkedHashMap<>();
  private final Map<String, Histogram> latencies = new LinkedHashMap<>();
  private final Map<String, Long> lost = new LinkedHashMap<>();

  private PublisherBenchmark(List<Contestant> contestants) {
    this.contestants = contestants;
  }

  /** Number of events of a round, number of rounds. */
  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    try (PubSubEmulator emulator = PubSubEmulator.start();
        Topics topics = new Topics(emulator.address());
        AnsweringServer server = new AnsweringServer()) {
      PublisherBenchmark benchmark =
          new PublisherBenchmark(
              List.of(
                  new MillraceContestant(topics, events, false),
                  new GoogleContestant(topics, events),
                  new SegmentContestant(server, events / 5),
                  new MillraceContestant(topics, events, true)));
      benchmark.throughput(1, false);
      for (int round = 0; round < rounds; round++) {
        for (int threads : THREADS) {
          benchmark.throughput(threads, true);
        }
        System.err.printf("round %d of %d%n", round + 1, rounds);
      }
      for (int threads : THREADS) {
        benchmark.latency(threads);
      }
      benchmark.closing();
      benchmark.print();
    }
    System.exit(0);
  }

  private void throughput(int threads, boolean counts) throws Exception {
    for (Contestant each : contestants) {
      Contestant.Client client = each.open();
      long start = System.nanoTime();
      long cpuStart = CpuTime.nanos();
      load.run(client, each.events(), threads, 0);
      long delivered = client.awaitDelivered();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = CpuTime.secondsSince(cpuStart) * 1e6;
      client.close();
      if (counts) {
        eventsASecond
            .computeIfAbsent(key(each, threads), k -> new ArrayList<>())
            .add(each.events() / seconds);
        cpuMicros
            .computeIfAbsent(key(each, threads), k -> new ArrayList<>())
            .add(cpu / each.events());
        lost.merge(each.name(), each.events() - delivered, Long::sum);
      }
    }
  }

  /** At a pace that all of them keep up with, so that what is timed is the call. */
  private void latency(int threads) throws Exception {
    for (Contestant each : contestants) {
      Contestant.Client client = each.open();
      load.run(client, PACED_EVENTS / 4, threads, PACED_A_SECOND);
      latencies.put(key(each, threads), load.run(client, PACED_EVENTS, threads, PACED_A_SECOND));
      client.awaitDelivered();
      client.close();
    }
  }

  private void closing() throws Exception {
    for (Contestant each : contestants) {
      Contestant.Client client = each.open();
      load.run(client, CLOSED_EVENTS, 1, 0);
      long delivered = client.close();
      System.out.printf(
          Locale.ROOT,
          "%-22s %,d calls and close(): %,d delivered, %,d lost%n",
          each.name(),
          CLOSED_EVENTS,
          delivered,
          CLOSED_EVENTS - delivered);
    }
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%n%-22s %8s %12s %12s %12s %10s   %10s %10s %10s %8s%n",
        "",
        "threads",
        "min ev/s",
        "median",
        "max",
        "cpu µs/ev",
        "p50 µs",
        "p99",
        "p99.9",
        "lost");
    for (int threads : THREADS) {
      for (Contestant each : contestants) {
        List<Double> rates = sorted(eventsASecond.get(key(each, threads)));
        List<Double> cpu = sorted(cpuMicros.get(key(each, threads)));
        Histogram latency = latencies.get(key(each, threads));
        System.out.printf(
            Locale.ROOT,
            "%-22s %8d %,12.0f %,12.0f %,12.0f %,10.1f   %,10.1f %,10.1f %,10.1f %8d%n",
            each.name(),
            threads,
            rates.get(0),
            rates.get(rates.size() / 2),
            rates.get(rates.size() - 1),
            cpu.get(cpu.size() / 2),
            latency.getValueAtPercentile(50) / 1e3,
            latency.getValueAtPercentile(99) / 1e3,
            latency.getValueAtPercentile(99.9) / 1e3,
            lost.get(each.name()));
      }
      ratios(threads);
    }
  }

  private void ratios(int threads) {
    List<Double> ours = eventsASecond.get(key(contestants.get(0), threads));
    for (Contestant other : contestants.subList(1, 3)) {
      List<Double> theirs = eventsASecond.get(key(other, threads));
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ours.size(); round++) {
        ratios.add(ours.get(round) / theirs.get(round));
      }
      ratios.sort(Comparator.naturalOrder());
      System.out.printf(
          Locale.ROOT,
          "%d threads: millrace is %.2f × %s (%.2f to %.2f)%n",
          threads,
          ratios.get(ratios.size() / 2),
          other.name(),
          ratios.get(0),
          ratios.get(ratios.size() - 1));
    }
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }

  private static String key(Contestant contestant, int threads) {
    return contestant.name() + "/" + threads;
  }
}
