package dev.millrace.tests.simulate;

import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.millrace.tests.process.Eventually;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A topic, and a subscription of it that is pulled. */
public final class PulledSubscription implements AutoCloseable {
  private static final int MOST_AT_ONCE = 1_000;

  private final ManagedChannel channel;
  private final String name;

  private PulledSubscription(ManagedChannel channel, String name) {
    this.channel = channel;
    this.name = name;
  }

  /** Creates both. */
  public static PulledSubscription create(String address, String project, String topic) {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
    String topicName = "projects/%s/topics/%s".formatted(project, topic);
    String name = "projects/%s/subscriptions/%s-pulled".formatted(project, topic);
    PublisherGrpc.newBlockingStub(channel)
        .createTopic(Topic.newBuilder().setName(topicName).build());
    SubscriberGrpc.newBlockingStub(channel)
        .createSubscription(
            Subscription.newBuilder()
                .setName(name)
                .setTopic(topicName)
                .setAckDeadlineSeconds(600)
                .build());
    return new PulledSubscription(channel, name);
  }

  /**
   * Pulls until there are so many different messages and no more are offered.
   *
   * @return their payloads; a message that is delivered again counts once, by Pub/Sub's id
   */
  public List<String> pull(int messages, Duration patience) throws Exception {
    SubscriberGrpc.SubscriberBlockingStub subscriber = SubscriberGrpc.newBlockingStub(channel);
    Map<String, String> pulled = new LinkedHashMap<>();
    Eventually.until(
        messages + " messages are pulled, and none is left",
        patience,
        () -> {
          List<ReceivedMessage> received =
              subscriber.pull(pullRequest(pulled.size() >= messages)).getReceivedMessagesList();
          received.forEach(
              each ->
                  pulled.put(
                      each.getMessage().getMessageId(),
                      each.getMessage().getData().toStringUtf8()));
          if (!received.isEmpty()) {
            subscriber.acknowledge(
                AcknowledgeRequest.newBuilder()
                    .setSubscription(name)
                    .addAllAckIds(received.stream().map(ReceivedMessage::getAckId).toList())
                    .build());
          }
          return received.isEmpty() && pulled.size() >= messages;
        });
    return List.copyOf(pulled.values());
  }

  // Deprecated, and the only way to be told at once that there is nothing.
  @SuppressWarnings("deprecation")
  private PullRequest pullRequest(boolean onlyWhatIsThere) {
    return PullRequest.newBuilder()
        .setSubscription(name)
        .setMaxMessages(MOST_AT_ONCE)
        .setReturnImmediately(onlyWhatIsThere)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
