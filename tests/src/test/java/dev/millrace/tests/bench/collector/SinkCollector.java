package dev.millrace.tests.bench.collector;

import dev.millrace.collector.Collector;
import dev.millrace.collector.CollectorParts;
import dev.millrace.collector.CollectorServer;
import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.collector.topic.PubSubEventTopic;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.tests.bench.PeakMemory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A collector in a process of its own: over the topic that its arguments name (topic, emulator), or
 * without any over a sink that acknowledges at once. Prints its port, and its peak memory in KiB
 * for each line that it reads.
 */
final class SinkCollector {
  static final String KEY = "bench";

  private SinkCollector() {}

  public static void main(String[] arguments) throws Exception {
    long memory = Runtime.getRuntime().maxMemory() / 3;
    EventTopic sink = (data, attributes) -> CompletableFuture.completedFuture(null);
    EventTopic topic =
        arguments.length == 0 ? sink : PubSubEventTopic.open(arguments[0], arguments[1], memory);
    Collector collector =
        new Collector(
            new CollectorParts(
                new CollectorParts.Topics(topic, sink),
                WriteKeys.of(Map.of(KEY, "bench")),
                id -> false,
                CollectorSettings.DEFAULT,
                new ClientAddress(0),
                Optional.empty()),
            Clock.systemUTC(),
            memory);
    CollectorServer server =
        CollectorServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), collector);
    System.out.println(server.port());
    while (System.in.read() >= 0) {
      System.out.println(PeakMemory.ofThisProcess() >> 10);
    }
    System.exit(0);
  }
}
