package dev.millrace.function.pubsub;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A topic that is published to with a wait for the acknowledgement. Google's client is made when
 * the first message is published, for that costs a cold start more than all else. Thread-safe.
 */
public final class PubSubTopic implements AutoCloseable {
  private static final String EMULATOR = "PUBSUB_EMULATOR_HOST";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FIRST_TRY = Duration.ofSeconds(10);

  /** Pub/Sub takes 1,000 messages and 10 MB in one request; the rest is for what wraps them. */
  private static final int MOST_MESSAGES = 1_000;

  private static final int MOST_BYTES = 9_000_000;

  private final String topic;
  private final String emulator;
  private final Duration patience;
  private TopicAdminClient client;

  private PubSubTopic(String topic, String emulator, Duration patience) {
    this.topic = topic;
    this.emulator = emulator;
    this.patience = patience;
  }

  /**
   * A topic of Google's, or of the emulator that the environment variable {@code
   * PUBSUB_EMULATOR_HOST} names.
   *
   * @param topic {@code projects/<project>/topics/<topic>}
   * @throws LoadException with {@link LoadError#MISCONFIGURED} if it is not written so
   */
  public static PubSubTopic named(String topic) throws LoadException {
    return named(topic, System.getenv(), PATIENCE);
  }

  static PubSubTopic named(String topic, Map<String, String> environment, Duration patience)
      throws LoadException {
    if (!TopicName.isParsableFrom(topic)) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s is no topic; write projects/<project>/topics/<topic>".formatted(topic));
    }
    return new PubSubTopic(topic, environment.getOrDefault(EMULATOR, ""), patience);
  }

  /**
   * A message.
   *
   * @param json in UTF-8
   */
  public record Message(byte[] json, Map<String, String> attributes) {
    public Message {
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * Publishes the messages and waits, at most a minute, until Pub/Sub has all of them. If it fails,
   * Pub/Sub may have some.
   */
  public void publish(List<Message> messages) throws IOException {
    List<PubsubMessage> request = new ArrayList<>();
    int bytes = 0;
    for (Message message : messages) {
      PubsubMessage next =
          PubsubMessage.newBuilder()
              .setData(ByteString.copyFrom(message.json()))
              .putAllAttributes(message.attributes())
              .build();
      if (request.size() == MOST_MESSAGES || bytes + next.getSerializedSize() > MOST_BYTES) {
        send(request);
        request.clear();
        bytes = 0;
      }
      request.add(next);
      bytes += next.getSerializedSize();
    }
    send(request);
  }

  private void send(List<PubsubMessage> request) throws IOException {
    if (request.isEmpty()) {
      return;
    }
    try {
      client().publish(topic, request);
    } catch (ApiException e) {
      throw translate(e);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private synchronized TopicAdminClient client() throws LoadException {
    if (client == null) {
      try {
        client = TopicAdminClient.create(settings());
      } catch (IOException e) {
        throw new LoadException(
            LoadError.ACCESS_DENIED,
            "There are no credentials to publish to %s (%s).".formatted(topic, e.getMessage()),
            e);
      }
    }
    return client;
  }

  private TopicAdminSettings settings() throws IOException {
    TopicAdminSettings.Builder settings = TopicAdminSettings.newBuilder();
    if (!emulator.isBlank()) {
      settings
          .setCredentialsProvider(NoCredentialsProvider.create())
          .setTransportChannelProvider(
              InstantiatingGrpcChannelProvider.newBuilder()
                  .setEndpoint(emulator)
                  .setChannelConfigurator(channel -> channel.usePlaintext())
                  .build());
    }
    settings.publishSettings().retrySettings().setTotalTimeoutDuration(patience);
    Duration firstTry = patience.compareTo(FIRST_TRY) < 0 ? patience : FIRST_TRY;
    settings
        .publishSettings()
        .retrySettings()
        .setInitialRpcTimeoutDuration(firstTry)
        .setMaxRpcTimeoutDuration(patience);
    return settings.build();
  }

  private LoadException translate(ApiException failure) {
    StatusCode.Code code = failure.getStatusCode().getCode();
    return switch (code) {
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          new LoadException(
              LoadError.ACCESS_DENIED,
              "Pub/Sub refuses us %s (%s). Give the service account the role roles/pubsub.publisher on it."
                  .formatted(topic, code),
              failure);
      case NOT_FOUND ->
          new LoadException(
              LoadError.MISCONFIGURED,
              "There is no topic %s. Create it, or correct its name in the settings."
                  .formatted(topic),
              failure);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED ->
          new LoadException(
              LoadError.MISCONFIGURED,
              "Pub/Sub does not take the messages for %s (%s: %s)."
                  .formatted(topic, code, failure.getMessage()),
              failure);
      default ->
          new LoadException(
              LoadError.UNAVAILABLE,
              "Pub/Sub did not take the messages for %s in time (%s).".formatted(topic, code),
              failure);
    };
  }
}
