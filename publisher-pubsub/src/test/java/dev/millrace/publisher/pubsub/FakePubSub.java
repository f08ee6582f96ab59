package dev.millrace.publisher.pubsub;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A Pub/Sub endpoint on loopback that fails, or never answers, as a test wants. */
final class FakePubSub extends PublisherGrpc.PublisherImplBase implements AutoCloseable {
  final List<PubsubMessage> messages = new CopyOnWriteArrayList<>();
  final List<Integer> requestSizes = new CopyOnWriteArrayList<>();
  final List<String> encodings = new CopyOnWriteArrayList<>();
  private final Deque<Status> failures = new ConcurrentLinkedDeque<>();
  private final AtomicLong ids = new AtomicLong();
  private final Server server;
  private volatile boolean silent;
  private volatile Predicate<PubsubMessage> invalid = message -> false;

  FakePubSub() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .intercept(new EncodingRecorder())
            .build()
            .start();
  }

  String endpoint() {
    return "localhost:" + server.getPort();
  }

  FakePubSub failingNextWith(Status status) {
    failures.add(status);
    return this;
  }

  /** Refuses, as Pub/Sub does, every request that holds such a message. */
  FakePubSub refusing(Predicate<PubsubMessage> which) {
    invalid = which;
    return this;
  }

  FakePubSub neverAnswering() {
    silent = true;
    return this;
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
    Status failure = failures.poll();
    if (failure != null) {
      answer.onError(failure.asRuntimeException());
      return;
    }
    if (silent) {
      return;
    }
    if (request.getMessagesList().stream().anyMatch(invalid)) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("one is bad").asRuntimeException());
      return;
    }
    requestSizes.add(request.getMessagesCount());
    messages.addAll(request.getMessagesList());
    PublishResponse.Builder response = PublishResponse.newBuilder();
    for (int i = 0; i < request.getMessagesCount(); i++) {
      response.addMessageIds(Long.toString(ids.incrementAndGet()));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class EncodingRecorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      encodings.add(
          String.valueOf(
              headers.get(Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER))));
      return next.startCall(call, headers);
    }
  }
}
