package dev.millrace.publisher.pubsub;

import dev.millrace.publisher.Transport;
import dev.millrace.publisher.TransportException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Publishes through Google's Pub/Sub client, with batches for telemetry (1 MB, 1,000 messages or 50
 * ms), flow control, gzip on the wire, and retries that end.
 */
public final class PubSubTransport implements Transport {
  private final Transport messages;

  PubSubTransport(Transport messages) {
    this.messages = messages;
  }

  /**
   * A transport with default settings; it publishes to the emulator that the environment variable
   * {@code PUBSUB_EMULATOR_HOST} names, if it is set.
   *
   * @throws TransportException if there are no credentials; the message says how to get some
   */
  public static PubSubTransport to(String projectId, String topicId) {
    return builder(projectId, topicId).build();
  }

  /** Starts the making of a transport. */
  public static PubSubTransportBuilder builder(String projectId, String topicId) {
    return new PubSubTransportBuilder(projectId, topicId, System.getenv());
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    return messages.send(payload, attributes);
  }

  @Override
  public void flush() {
    messages.flush();
  }

  @Override
  public void close(Duration timeout) {
    messages.close(timeout);
  }
}
