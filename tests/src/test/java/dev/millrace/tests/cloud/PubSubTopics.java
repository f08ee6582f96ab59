package dev.millrace.tests.cloud;

import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.tests.emulator.PubSubEmulator;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;

/** Topics and subscriptions of the Pub/Sub emulator. */
final class PubSubTopics implements AutoCloseable {
  private static final int ACK_SECONDS = 600;
  private static final int MAX_PULLED = 1_000;

  private final ManagedChannel channel;

  PubSubTopics(PubSubEmulator emulator) {
    channel = ManagedChannelBuilder.forTarget(emulator.address()).usePlaintext().build();
  }

  static String topic(String name) {
    return "projects/%s/topics/%s".formatted(Cloud.PROJECT, name);
  }

  void create(String topic) {
    PublisherGrpc.newBlockingStub(channel)
        .createTopic(Topic.newBuilder().setName(topic(topic)).build());
  }

  /** A subscription that pushes to an address. */
  void push(String topic, String to) {
    subscribe(topic, topic + "-pushed", PushConfig.newBuilder().setPushEndpoint(to).build());
  }

  /** A subscription by the topic's name, to be pulled. */
  void subscribe(String topic) {
    subscribe(topic, topic, PushConfig.getDefaultInstance());
  }

  /** The notice that Cloud Storage publishes of a finished object. */
  void publishNotice(String topic, BatchRef batch) {
    PublisherGrpc.newBlockingStub(channel)
        .publish(
            PublishRequest.newBuilder()
                .setTopic(topic(topic))
                .addMessages(
                    PubsubMessage.newBuilder()
                        .putAllAttributes(ImpatientSubscription.attributes(batch)))
                .build());
  }

  /** What a subscription has, which is acknowledged. */
  List<String> pull(String subscription) {
    String name = subscription(subscription);
    List<ReceivedMessage> messages =
        SubscriberGrpc.newBlockingStub(channel)
            .pull(PullRequest.newBuilder().setSubscription(name).setMaxMessages(MAX_PULLED).build())
            .getReceivedMessagesList();
    if (!messages.isEmpty()) {
      SubscriberGrpc.newBlockingStub(channel)
          .acknowledge(
              AcknowledgeRequest.newBuilder()
                  .setSubscription(name)
                  .addAllAckIds(messages.stream().map(ReceivedMessage::getAckId).toList())
                  .build());
    }
    return messages.stream().map(message -> message.getMessage().getData().toStringUtf8()).toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private void subscribe(String topic, String name, PushConfig push) {
    SubscriberGrpc.newBlockingStub(channel)
        .createSubscription(
            Subscription.newBuilder()
                .setName(subscription(name))
                .setTopic(topic(topic))
                .setAckDeadlineSeconds(ACK_SECONDS)
                .setPushConfig(push)
                .build());
  }

  private static String subscription(String name) {
    return "projects/%s/subscriptions/%s".formatted(Cloud.PROJECT, name);
  }
}
