package dev.millrace.tests.segment;

import dev.millrace.collector.Collector;
import dev.millrace.collector.CollectorParts;
import dev.millrace.collector.CollectorServer;
import dev.millrace.collector.Tally;
import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.loader.settings.ClientIp;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.loader.settings.SourceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A collector in this process, behind its own server. */
final class ServedCollector implements AutoCloseable {
  private final Collector collector;
  private final CollectorServer server;

  private ServedCollector(Collector collector, CollectorServer server) {
    this.collector = collector;
    this.server = server;
  }

  /**
   * Starts one that knows the key of {@link CollectorPipeline}.
   *
   * @param eventBytes how large an event may be
   */
  static ServedCollector over(EventTopic events, EventTopic deadLetters, int eventBytes)
      throws IOException {
    Collector collector =
        new Collector(
            new CollectorParts(
                new CollectorParts.Topics(events, deadLetters),
                WriteKeys.of(Map.of(CollectorPipeline.KEY, CollectorPipeline.SOURCE)),
                id -> false,
                new CollectorSettings(
                    Map.of(),
                    new SourceSettings(Set.of(), eventBytes, 500_000, ClientIp.WHOLE, false)),
                new ClientAddress(0),
                Optional.empty()),
            Clock.systemUTC(),
            64 << 20);
    return new ServedCollector(
        collector,
        CollectorServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), collector));
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** What came of events and requests so far. */
  Tally tally() {
    return collector.tally();
  }

  @Override
  public void close() {
    server.close();
  }
}
