package dev.millrace.collector.topic;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A topic of Pub/Sub, by Google's client: batches of up to 1,000 messages, 1 MB or 5 ms, and
 * retries for 10 s, for that is how long the impatient of Segment's libraries wait for a reply.
 */
public final class PubSubEventTopic implements EventTopic {
  private static final System.Logger LOGGER = System.getLogger(PubSubEventTopic.class.getName());
  private static final Duration BATCH_DELAY = Duration.ofMillis(5);

  /** Google's client takes no less. */
  private static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(10);

  private static final long MOST_ON_THEIR_WAY = 500_000;
  private static final long CLOSE_SECONDS = 10;

  private final Publisher publisher;

  private PubSubEventTopic(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Opens a topic.
   *
   * @param topic {@code projects/<project>/topics/<topic>}
   * @param emulator host and port of a local endpoint; null or blank for Google's
   * @param maxBytesOnTheirWay how much may wait for acknowledgements
   * @throws IllegalArgumentException if the topic is not written so
   * @throws IOException if there are no credentials
   */
  public static PubSubEventTopic open(String topic, String emulator, long maxBytesOnTheirWay)
      throws IOException {
    if (!TopicName.isParsableFrom(topic)) {
      throw new IllegalArgumentException(
          topic + " is no topic; write projects/<project>/topics/<topic>");
    }
    Publisher.Builder builder =
        Publisher.newBuilder(TopicName.parse(topic))
            .setBatchingSettings(batching(maxBytesOnTheirWay))
            .setRetrySettings(retries())
            .setEnableCompression(emulator == null || emulator.isBlank());
    if (emulator != null && !emulator.isBlank()) {
      InstantiatingGrpcChannelProvider plaintext =
          TopicAdminSettings.defaultGrpcTransportProviderBuilder()
              .setEndpoint(emulator)
              .setChannelConfigurator(channel -> channel.usePlaintext())
              .build();
      builder.setChannelProvider(plaintext).setCredentialsProvider(NoCredentialsProvider.create());
    }
    return new PubSubEventTopic(builder.build());
  }

  private static BatchingSettings batching(long maxBytesOnTheirWay) {
    return BatchingSettings.newBuilder()
        .setElementCountThreshold(1_000L)
        .setRequestByteThreshold(1_000_000L)
        .setDelayThresholdDuration(BATCH_DELAY)
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount(MOST_ON_THEIR_WAY)
                .setMaxOutstandingRequestBytes(maxBytesOnTheirWay)
                .setLimitExceededBehavior(FlowController.LimitExceededBehavior.ThrowException)
                .build())
        .build();
  }

  private static RetrySettings retries() {
    return RetrySettings.newBuilder()
        .setTotalTimeoutDuration(TOTAL_TIMEOUT)
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
        .setInitialRpcTimeoutDuration(Duration.ofSeconds(5))
        .setRpcTimeoutMultiplier(1)
        .setMaxRpcTimeoutDuration(TOTAL_TIMEOUT)
        .build();
  }

  @Override
  public CompletionStage<Void> publish(byte[] data, Map<String, String> attributes) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(UnsafeByteOperations.unsafeWrap(data))
            .putAllAttributes(attributes)
            .build();
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      ApiFutures.addCallback(
          publisher.publish(message), new Settling(sent), MoreExecutors.directExecutor());
    } catch (RuntimeException e) {
      new Settling(sent).onFailure(e);
    }
    return sent;
  }

  private record Settling(CompletableFuture<Void> sent) implements ApiFutureCallback<String> {
    @Override
    public void onSuccess(String messageId) {
      sent.complete(null);
    }

    @Override
    public void onFailure(Throwable failure) {
      sent.completeExceptionally(isFull(failure) ? new TopicFullException(failure) : failure);
    }
  }

  private static boolean isFull(Throwable failure) {
    return failure instanceof FlowController.FlowControlException
        || failure.getCause() instanceof FlowController.FlowControlException
        || failure instanceof ApiException api
            && api.getStatusCode().getCode() == StatusCode.Code.RESOURCE_EXHAUSTED;
  }

  /** Google's client waits without a limit, so it does that on another thread. */
  @Override
  public void close() {
    Thread closing = new Thread(publisher::shutdown, "collector-topic-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      if (closing.isAlive() || !publisher.awaitTermination(1, TimeUnit.SECONDS)) {
        LOGGER.log(System.Logger.Level.WARNING, "Some messages were not acknowledged at the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
