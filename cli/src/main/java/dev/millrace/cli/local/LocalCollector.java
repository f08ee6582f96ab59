package dev.millrace.cli.local;

import dev.millrace.cli.console.Failure;
import dev.millrace.collector.Collector;
import dev.millrace.collector.CollectorParts;
import dev.millrace.collector.CollectorServer;
import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.sources.SuppressedUsers;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.PubSubEventTopic;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.loader.settings.SettingsReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The HTTP collector in front of a pipeline on this machine, reachable from it alone. */
final class LocalCollector implements AutoCloseable {
  /** The one write key, where no file names others, and its source. */
  static final String KEY = "local";

  private static final int SHARE_OF_HEAP = 4;

  private final CollectorServer server;
  private final Collector collector;
  private final Path refused;

  private LocalCollector(CollectorServer server, Collector collector, Path refused) {
    this.server = server;
    this.collector = collector;
    this.refused = refused;
  }

  /**
   * Starts it.
   *
   * @throws Failure in one sentence
   */
  static LocalCollector start(
      LocalPipeline pipeline, LocalOptions options, CollectorOptions wanted) {
    long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    Path refused = options.folder().resolve("refused-events.jsonl");
    try {
      WriteKeys keys =
          wanted.writeKeys() == null
              ? WriteKeys.of(Map.of(KEY, KEY))
              : WriteKeys.in(wanted.writeKeys(), System::nanoTime);
      Predicate<String> suppressed =
          wanted.suppressedUsers() == null
              ? id -> false
              : SuppressedUsers.in(wanted.suppressedUsers(), System::nanoTime);
      CollectorSettings settings =
          options.settingsFile() == null
              ? CollectorSettings.DEFAULT
              : SettingsReader.readCollectorAt(options.settingsFile().toString());
      CollectorParts.Topics topics =
          new CollectorParts.Topics(
              PubSubEventTopic.open(pipeline.topicPath(), pipeline.address(), memory),
              new RefusedEventsFile(refused));
      Collector collector =
          new Collector(
              new CollectorParts(
                  topics, keys, suppressed, settings, new ClientAddress(0), Optional.empty()),
              Clock.systemUTC(),
              memory);
      return new LocalCollector(server(wanted.port(), collector), collector, refused);
    } catch (IOException e) {
      throw Failure.usage("the collector did not start: " + e.getMessage(), e);
    }
  }

  private static CollectorServer server(int port, Collector collector) throws IOException {
    try {
      return CollectorServer.start(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), collector);
    } catch (BindException e) {
      collector.close();
      throw Failure.failed(
          "port %d for the collector is in use; choose another with --collector-port, or 0 for any"
              .formatted(port),
          e);
    }
  }

  /** What a library takes as its host. */
  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Where refused events are. */
  Path refused() {
    return refused;
  }

  /** What came of events and requests so far, in one line. */
  String tally() {
    return collector.tally().toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
