package dev.millrace.tests.bench.collector;

import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import dev.millrace.tests.emulator.PubSubEmulator;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many events the collector takes, load generator beside it: batches of 100 events of 1 KiB,
 * and single calls, into a sink that acknowledges at once and into Google's emulator; then with a
 * flood of clients that stall. Arguments: seconds of each measurement, and vegeta's program, which
 * sends the batches to the sink too.
 */
public final class CollectorBenchmark {
  private static final String TOPIC = "projects/bench/topics/events";
  private static final int BATCH = 100;
  private static final int STALLED = 2_000;
  private static final int LEAST_WARM_UP_SECONDS = 10;

  private final int seconds;
  private final Vegeta vegeta;

  private CollectorBenchmark(int seconds, Vegeta vegeta) {
    this.seconds = seconds;
    this.vegeta = vegeta;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    CollectorBenchmark benchmark =
        new CollectorBenchmark(Integer.parseInt(arguments[0]), new Vegeta(Path.of(arguments[1])));
    System.out.println(
        "| into | what | requests/s | events/s | p50 ms | p99 ms | not 200 | peak memory |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    try (CollectorProcess collector = CollectorProcess.start()) {
      benchmark.measure("sink", collector);
      benchmark.measureByVegeta(collector);
      benchmark.flood(collector);
    }
    try (PubSubEmulator emulator = PubSubEmulator.start()) {
      createTopic(emulator.address());
      try (CollectorProcess collector = CollectorProcess.start(TOPIC, emulator.address())) {
        benchmark.measure("emulator", collector);
      }
    }
    System.exit(0);
  }

  private void measure(String into, CollectorProcess collector) throws Exception {
    byte[] batch = Connection.request("/v1/batch", "{\"batch\":[" + events(BATCH) + "]}");
    byte[] single = Connection.request("/v1/track", events(1));
    // Until the JVM has compiled what is hot.
    new Load(batch, 8, Math.max(LEAST_WARM_UP_SECONDS, seconds), 0).run(collector.port());
    Outcome full = new Load(batch, 8, seconds, 0).run(collector.port());
    print(into, "batches, all that goes", BATCH, full, collector);
    print(
        into,
        "batches, 100 a second",
        BATCH,
        new Load(batch, 8, seconds, 100).run(collector.port()),
        collector);
    Outcome singles = new Load(single, 32, seconds, 0).run(collector.port());
    print(into, "single calls, all that goes", 1, singles, collector);
    int half = Math.max(1, (int) singles.perSecond() / 2);
    print(
        into,
        "single calls, half of that",
        1,
        new Load(single, 32, seconds, half).run(collector.port()),
        collector);
  }

  private void measureByVegeta(CollectorProcess collector) throws Exception {
    String batch = "{\"batch\":[" + events(BATCH) + "]}";
    print(
        "sink",
        "batches, all that goes, by vegeta",
        BATCH,
        vegeta.run(collector.port(), batch, seconds, 0),
        collector);
    print(
        "sink",
        "batches, 100 a second, by vegeta",
        BATCH,
        vegeta.run(collector.port(), batch, seconds, 100),
        collector);
  }

  private void flood(CollectorProcess collector) throws Exception {
    byte[] batch = Connection.request("/v1/batch", "{\"batch\":[" + events(BATCH) + "]}");
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < STALLED; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), collector.port());
        socket
            .getOutputStream()
            .write(
                "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        stalled.add(socket);
      }
    } catch (IOException e) {
      System.out.println("(the collector takes no more than " + stalled.size() + " connections)");
    }
    try {
      // The stalled clients have 20 s.
      awaitAnswer(collector, batch);
      print(
          "sink",
          "batches, 50 a second, after " + stalled.size() + " clients that stall",
          BATCH,
          new Load(batch, 8, seconds, 50).run(collector.port()),
          collector);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  private static void awaitAnswer(CollectorProcess collector, byte[] batch) {
    long start = System.nanoTime();
    while (true) {
      try (Connection connection = new Connection(collector.port())) {
        int status = connection.send(batch);
        if (status == 200) {
          System.out.printf(
              "(others are answered after %.1f s)%n", (System.nanoTime() - start) / 1e9);
          return;
        }
      } catch (IOException e) {
        // Refused at the door while all threads are held.
      }
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("nobody is answered any more");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
  }

  private static void print(
      String into, String what, int events, Outcome result, CollectorProcess collector)
      throws IOException {
    System.out.printf(
        "| %s | %s | %,.0f | %,.0f | %.1f | %.1f | %d | %d MiB |%n",
        into,
        what,
        result.perSecond(),
        result.perSecond() * events,
        result.p50Millis(),
        result.p99Millis(),
        result.refused(),
        collector.peakMebibytes());
  }

  /** Events of 1 KiB, a list's elements. */
  private static String events(int count) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String head =
          """
          {"type":"track","event":"Order Completed","messageId":"m-%07d","userId":"u-%d",\
          "timestamp":"2026-11-26T10:00:00.000Z","context":{"library":{"name":"bench","version":"1"}},\
          "properties":{"total":%d.5,"currency":"EUR","products":[{"sku":"mug","quantity":2}],"filler":\""""
              .formatted(i, i % 50, i);
      events.add(head + "x".repeat(1_024 - head.length() - 3) + "\"}}");
    }
    return String.join(",", events);
  }

  private static void createTopic(String emulator) {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(emulator).usePlaintext().build();
    try {
      PublisherGrpc.newBlockingStub(channel).createTopic(Topic.newBuilder().setName(TOPIC).build());
    } finally {
      channel.shutdownNow();
    }
  }
}
