package dev.millrace.publisher.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.ChannelPoolSettings;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.TopicName;
import dev.millrace.publisher.TransportException;
import io.grpc.CompressorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Settings of a {@link PubSubTransport}. */
public final class PubSubTransportBuilder {
  private static final String EMULATOR_VARIABLE = "PUBSUB_EMULATOR_HOST";

  /** Google's client takes no less. */
  private static final Duration LEAST_TOTAL_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DELAY = Duration.ofMillis(50);

  /** A pack has waited for others already. */
  private static final Duration PACK_DELAY = Duration.ofMillis(1);

  private final TopicName topic;
  private String plaintextEndpoint;
  private Duration totalTimeout = Duration.ofMinutes(10);
  private CredentialsProvider credentials;
  private boolean packed;

  PubSubTransportBuilder(String projectId, String topicId, Map<String, String> environment) {
    topic =
        TopicName.of(
            Objects.requireNonNull(projectId, "projectId"),
            Objects.requireNonNull(topicId, "topicId"));
    String emulator = environment.get(EMULATOR_VARIABLE);
    if (emulator != null && !emulator.isBlank()) {
      endpoint(emulator.strip());
    }
  }

  /**
   * A local endpoint that is spoken to without TLS and without credentials; it goes before {@code
   * PUBSUB_EMULATOR_HOST}.
   *
   * @param hostAndPort such as {@code localhost:8085}
   */
  public PubSubTransportBuilder endpoint(String hostAndPort) {
    if (!hostAndPort.matches("(\\[[0-9a-fA-F:.]+]|[^\\s:/]+):[0-9]{1,5}")) {
      throw new IllegalArgumentException("not host:port, such as localhost:8085: " + hostAndPort);
    }
    plaintextEndpoint = hostAndPort;
    return this;
  }

  /** How long one message is retried before it fails; 10 minutes unless set, at least 10 s. */
  public PubSubTransportBuilder totalTimeout(Duration timeout) {
    if (timeout.compareTo(LEAST_TOTAL_TIMEOUT) < 0) {
      throw new IllegalArgumentException("totalTimeout < 10 s: " + timeout);
    }
    totalTimeout = timeout;
    return this;
  }

  /** Where credentials come from; Google's application default credentials unless set. */
  public PubSubTransportBuilder credentials(CredentialsProvider provider) {
    credentials = Objects.requireNonNull(provider, "credentials");
    return this;
  }

  /**
   * Puts up to 1,000 events in one message, in gzip, which cuts Pub/Sub's price by the compression
   * ratio. The topic's subscriptions must know the format: Millrace's loader does, where its Cloud
   * Storage subscription writes Avro with metadata. Events of unlike attributes don't share a
   * message, so traced events mostly travel alone.
   */
  public PubSubTransportBuilder packed() {
    packed = true;
    return this;
  }

  /**
   * The transport.
   *
   * @throws TransportException if there are no credentials; the message says how to get some
   */
  public PubSubTransport build() {
    PubSubFailures failures =
        new PubSubFailures(
            topic, plaintextEndpoint == null ? "pubsub.googleapis.com" : plaintextEndpoint);
    CallGate gate = new CallGate();
    try {
      MessageClient messages =
          new MessageClient(
              client(batching(packed ? PACK_DELAY : DELAY), gate).build(),
              () -> unbatched(gate),
              gate,
              failures);
      return new PubSubTransport(packed ? new PackingTransport(messages) : messages);
    } catch (IOException e) {
      throw failures.noCredentials(e);
    }
  }

  private Publisher.Builder client(BatchingSettings batching, CallGate gate) {
    Publisher.Builder client =
        Publisher.newBuilder(topic)
            .setBatchingSettings(batching)
            .setRetrySettings(retries())
            .setEnableCompression(!packed)
            .setChannelProvider(channels(gate));
    if (plaintextEndpoint != null) {
      client.setCredentialsProvider(NoCredentialsProvider.create());
    } else if (credentials != null) {
      client.setCredentialsProvider(credentials);
    }
    return client;
  }

  /** As many as the client has by itself. */
  private InstantiatingGrpcChannelProvider channels(CallGate gate) {
    InstantiatingGrpcChannelProvider.Builder channels =
        TopicAdminSettings.defaultGrpcTransportProviderBuilder()
            .setInterceptorProvider(() -> List.of(gate))
            .setChannelPoolSettings(
                ChannelPoolSettings.staticallySized(Runtime.getRuntime().availableProcessors()));
    CompressorRegistry compressors = FastGzip.registry();
    if (plaintextEndpoint == null) {
      channels.setChannelConfigurator(channel -> channel.compressorRegistry(compressors));
    } else {
      channels
          .setEndpoint(plaintextEndpoint)
          .setChannelConfigurator(
              channel -> channel.usePlaintext().compressorRegistry(compressors));
    }
    return channels.build();
  }

  private static BatchingSettings batching(Duration delay) {
    return BatchingSettings.newBuilder()
        .setElementCountThreshold(1_000L)
        .setRequestByteThreshold(1_000_000L)
        .setDelayThresholdDuration(delay)
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount(10_000L)
                .setMaxOutstandingRequestBytes(32L << 20)
                .setLimitExceededBehavior(LimitExceededBehavior.Block)
                .build())
        .build();
  }

  private TopicAdminClient unbatched(CallGate gate) throws IOException {
    TopicAdminSettings.Builder settings =
        TopicAdminSettings.newBuilder().setTransportChannelProvider(channels(gate));
    CredentialsProvider provider =
        plaintextEndpoint == null ? credentials : NoCredentialsProvider.create();
    if (provider != null) {
      settings.setCredentialsProvider(provider);
    }
    // By itself this one batches too.
    settings
        .publishSettings()
        .setRetrySettings(retries())
        .setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build());
    return TopicAdminClient.create(settings.build());
  }

  private RetrySettings retries() {
    Duration rpcTimeout = min(Duration.ofSeconds(60), totalTimeout);
    return RetrySettings.newBuilder()
        .setTotalTimeoutDuration(totalTimeout)
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(30))
        .setInitialRpcTimeoutDuration(min(Duration.ofSeconds(15), rpcTimeout))
        .setRpcTimeoutMultiplier(2)
        .setMaxRpcTimeoutDuration(rpcTimeout)
        .build();
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
