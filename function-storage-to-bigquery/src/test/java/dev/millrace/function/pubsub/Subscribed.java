package dev.millrace.function.pubsub;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.Eventually;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A topic of the emulator, and a subscription of it that is pulled. */
final class Subscribed implements AutoCloseable {
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_BYTES_AT_ONCE = 64 << 20;
  private static final int ACK_SECONDS = 600;

  private final ManagedChannel channel;
  private final SubscriptionAdminClient subscriber;
  private final String subscription;

  private Subscribed(
      ManagedChannel channel, SubscriptionAdminClient subscriber, String subscription) {
    this.channel = channel;
    this.subscriber = subscriber;
    this.subscription = subscription;
  }

  static Subscribed to(PubSubEmulator emulator, String topic) throws IOException {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(emulator.address())
            .usePlaintext()
            .maxInboundMessageSize(MOST_BYTES_AT_ONCE)
            .build();
    TransportChannelProvider transport =
        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    try (TopicAdminClient topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
      topics.createTopic(topic);
    }
    SubscriptionAdminClient subscriber =
        SubscriptionAdminClient.create(
            SubscriptionAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
    String subscription = topic.replace("/topics/", "/subscriptions/");
    subscriber.createSubscription(
        subscription, topic, PushConfig.getDefaultInstance(), ACK_SECONDS);
    return new Subscribed(channel, subscriber, subscription);
  }

  /** Pulls until there are so many. */
  List<PubsubMessage> pull(int messages) throws Exception {
    List<PubsubMessage> pulled = new ArrayList<>();
    Eventually.until(
        messages + " messages are there",
        Duration.ofSeconds(30),
        () -> {
          subscriber.pull(subscription, MOST_AT_ONCE).getReceivedMessagesList().stream()
              .map(ReceivedMessage::getMessage)
              .forEach(pulled::add);
          return pulled.size() >= messages;
        });
    return pulled;
  }

  @Override
  public void close() {
    subscriber.close();
    channel.shutdownNow();
  }
}
