package dev.millrace.collector;

import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.sources.SuppressedUsers;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.collector.topic.PubSubEventTopic;
import dev.millrace.loader.log.JsonRecords;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.loader.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Opens the collector that the variables of the environment describe. */
final class Environment {
  private static final String TOPIC = "MILLRACE_TOPIC";
  private static final String DEAD_LETTER_TOPIC = "MILLRACE_DEAD_LETTER_TOPIC";
  private static final String WRITE_KEYS = "MILLRACE_WRITE_KEYS_FILE";
  private static final String SUPPRESSED_USERS = "MILLRACE_SUPPRESSED_USERS_FILE";
  private static final String SETTINGS = "MILLRACE_SETTINGS";
  private static final String PUBLIC_URL = "MILLRACE_PUBLIC_URL";
  private static final String TRUSTED_PROXIES = "MILLRACE_TRUSTED_PROXIES";
  private static final String PORT = "PORT";
  private static final String EMULATOR = "PUBSUB_EMULATOR_HOST";
  private static final String ON_CLOUD_RUN = "K_SERVICE";

  /** Of the heap, for requests under way; Google's client may hold as much again in buffers. */
  private static final int SHARE_OF_HEAP = 3;

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** This process's. On Cloud Run its log is JSON from now on. */
  static Environment ofProcess() {
    Environment environment = new Environment(System.getenv());
    if (environment.isOnCloudRun()) {
      new JsonRecords(System.out).install();
    }
    return environment;
  }

  boolean isOnCloudRun() {
    return variables.containsKey(ON_CLOUD_RUN);
  }

  /**
   * Opens it.
   *
   * @throws IOException if it can't; the message names the variable and says what to do
   */
  Collector collector() throws IOException {
    WriteKeys keys =
        WriteKeys.in(
            Path.of(required(WRITE_KEYS, "the path of a JSON file of write keys and sources")),
            System::nanoTime);
    Predicate<String> suppressed =
        value(SUPPRESSED_USERS).isPresent()
            ? SuppressedUsers.in(Path.of(value(SUPPRESSED_USERS).get()), System::nanoTime)
            : id -> false;
    CollectorSettings settings =
        value(SETTINGS).isPresent()
            ? SettingsReader.readCollectorAt(value(SETTINGS).get())
            : CollectorSettings.DEFAULT;
    ClientAddress clients = new ClientAddress(trustedProxies());
    Optional<URI> publicUrl = publicUrl();
    return new Collector(
        new CollectorParts(topics(), keys, suppressed, settings, clients, publicUrl),
        Clock.systemUTC(),
        memory());
  }

  private CollectorParts.Topics topics() throws IOException {
    EventTopic events = topic(TOPIC);
    try {
      return new CollectorParts.Topics(events, topic(DEAD_LETTER_TOPIC));
    } catch (IOException e) {
      events.close();
      throw e;
    }
  }

  private EventTopic topic(String variable) throws IOException {
    String name = required(variable, "projects/<project>/topics/<topic>");
    try {
      return PubSubEventTopic.open(name, variables.get(EMULATOR), memory());
    } catch (IllegalArgumentException e) {
      throw new IOException(variable + ": " + e.getMessage(), e);
    }
  }

  /** Where the plain server listens; 8080 unless set. */
  int port() throws IOException {
    return number(PORT, 8080, 65_535);
  }

  private int trustedProxies() throws IOException {
    return number(TRUSTED_PROXIES, isOnCloudRun() ? 1 : 0, 10);
  }

  private static long memory() {
    return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  }

  private Optional<URI> publicUrl() throws IOException {
    Optional<String> url = value(PUBLIC_URL);
    if (url.isPresent() && !url.get().matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      throw new IOException(
          PUBLIC_URL + " is no address; write one such as https://collect.example.com");
    }
    return url.map(URI::create);
  }

  private int number(String variable, int otherwise, int most) throws IOException {
    Optional<String> text = value(variable);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[0-9]{1,5}") || Integer.parseInt(text.get()) > most) {
      throw new IOException(variable + " is no whole number from 0 to " + most);
    }
    return Integer.parseInt(text.get());
  }

  private String required(String variable, String expected) throws IOException {
    return value(variable)
        .orElseThrow(
            () ->
                new IOException(
                    "The environment variable %s is not set; set it to %s."
                        .formatted(variable, expected)));
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(it -> !it.isBlank());
  }
}
