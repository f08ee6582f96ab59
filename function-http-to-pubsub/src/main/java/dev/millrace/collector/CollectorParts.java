package dev.millrace.collector;

import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.loader.settings.CollectorSettings;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a collector stands on.
 *
 * @param topics where events and refused events go
 * @param keys who may send
 * @param suppressed user ids whose events must not be stored
 * @param settings of the sources
 * @param clients finds who calls
 * @param publicAddress under which libraries reach the collector, if that is known: they then learn
 *     it from the settings document
 */
public record CollectorParts(
    Topics topics,
    WriteKeys keys,
    Predicate<String> suppressed,
    CollectorSettings settings,
    ClientAddress clients,
    Optional<URI> publicAddress) {
  public CollectorParts {
    Objects.requireNonNull(topics, "topics");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(suppressed, "suppressed");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(clients, "clients");
    Objects.requireNonNull(publicAddress, "publicAddress");
  }

  /**
   * Where messages go.
   *
   * @param events one message an event
   * @param deadLetters events that are refused, each as it was sent
   */
  public record Topics(EventTopic events, EventTopic deadLetters) {
    void close() {
      events.close();
      deadLetters.close();
    }
  }
}
