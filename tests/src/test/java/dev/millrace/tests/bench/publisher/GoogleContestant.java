package dev.millrace.tests.bench.publisher;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.millrace.tests.process.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google's client as it is, with our batch settings, flow control and compression, and the same
 * JSON from the same library: what somebody would write who knows its traps.
 */
record GoogleContestant(Topics topics, int events) implements Contestant {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "Google's Publisher";
  }

  @Override
  public Client open() throws IOException {
    Publisher publisher =
        Publisher.newBuilder(TopicName.of(Topics.PROJECT, topics.fresh()))
            .setBatchingSettings(batching())
            .setEnableCompression(true)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .setChannelProvider(
                InstantiatingGrpcChannelProvider.newBuilder()
                    .setEndpoint(topics.address())
                    .setChannelConfigurator(channel -> channel.usePlaintext())
                    .build())
            .build();
    return new GoogleClient(publisher);
  }

  private static BatchingSettings batching() {
    return BatchingSettings.newBuilder()
        .setElementCountThreshold(1_000L)
        .setRequestByteThreshold(1_000_000L)
        .setDelayThresholdDuration(Duration.ofMillis(50))
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount(10_000L)
                .setMaxOutstandingRequestBytes(32L << 20)
                .setLimitExceededBehavior(LimitExceededBehavior.Block)
                .build())
        .build();
  }

  private static final class GoogleClient implements Client {
    private final Publisher publisher;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    GoogleClient(Publisher publisher) {
      this.publisher = publisher;
    }

    @Override
    public void track(String event, Map<String, Object> properties) {
      Map<String, Object> call = new LinkedHashMap<>();
      call.put("type", "track");
      call.put("event", event);
      call.put("properties", properties);
      call.put("messageId", UUID.randomUUID().toString());
      call.put("timestamp", Instant.now().toString());
      byte[] json = JsonMapper.shared().writeValueAsBytes(call);
      published.incrementAndGet();
      ApiFutures.addCallback(
          publisher.publish(
              PubsubMessage.newBuilder().setData(UnsafeByteOperations.unsafeWrap(json)).build()),
          new ApiFutureCallback<>() {
            @Override
            public void onSuccess(String id) {
              delivered.incrementAndGet();
            }

            @Override
            public void onFailure(Throwable failure) {
              failed.incrementAndGet();
            }
          },
          MoreExecutors.directExecutor());
    }

    @Override
    public long awaitDelivered() throws Exception {
      publisher.publishAllOutstanding();
      Eventually.until(
          "all is answered", PATIENCE, () -> delivered.get() + failed.get() == published.get());
      return delivered.get();
    }

    @Override
    public long close() throws InterruptedException {
      publisher.shutdown();
      publisher.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return delivered.get();
    }
  }
}
