package dev.millrace.embedded.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Arrays;
import java.util.List;

/** Google's generated client, on a connection of its own. */
final class Client implements AutoCloseable {
  static final String TOPIC = "projects/demo/topics/events";

  private final ManagedChannel channel;

  Client(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  ManagedChannel channel() {
    return channel;
  }

  PublisherGrpc.PublisherBlockingStub publisher() {
    return PublisherGrpc.newBlockingStub(channel);
  }

  /** Publishes payloads and returns their message ids. */
  List<String> publish(String... payloads) {
    return publisher().publish(request(payloads)).getMessageIdsList();
  }

  static PublishRequest request(String... payloads) {
    return PublishRequest.newBuilder()
        .setTopic(TOPIC)
        .addAllMessages(
            Arrays.stream(payloads)
                .map(text -> message().setData(ByteString.copyFromUtf8(text)).build())
                .toList())
        .build();
  }

  static PubsubMessage.Builder message() {
    return PubsubMessage.newBuilder();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
