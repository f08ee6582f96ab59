package dev.millrace.tests.bench.publisher;

import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;

/** Topics of the emulator, without subscriptions: it keeps no message. */
final class Topics implements AutoCloseable {
  static final String PROJECT = "publisher-bench";

  private final String address;
  private final ManagedChannel channel;
  private int made;

  Topics(String address) {
    this.address = address;
    this.channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
  }

  String address() {
    return address;
  }

  /** The id of a new topic. */
  synchronized String fresh() {
    String id = "topic-" + ++made;
    PublisherGrpc.newBlockingStub(channel)
        .createTopic(
            Topic.newBuilder().setName("projects/%s/topics/%s".formatted(PROJECT, id)).build());
    return id;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
