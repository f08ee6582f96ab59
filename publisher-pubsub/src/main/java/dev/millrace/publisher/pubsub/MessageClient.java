package dev.millrace.publisher.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import dev.millrace.publisher.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Messages by Google's client. Pub/Sub refuses a request as a whole for one bad message in it, so
 * the messages of a request that is refused go once more, each in a request of its own.
 */
final class MessageClient implements Transport {
  /** Makes a client without batches. Google's batching one can't be told to send one by one. */
  interface Unbatched {
    TopicAdminClient make() throws IOException;
  }

  private final Publisher batching;
  private final Unbatched unbatched;
  private final CallGate gate;
  private final PubSubFailures failures;
  private TopicAdminClient single;
  private boolean closed;

  /**
   * @param gate that all calls of the clients pass
   */
  MessageClient(Publisher batching, Unbatched unbatched, CallGate gate, PubSubFailures failures) {
    this.batching = batching;
    this.unbatched = unbatched;
    this.gate = gate;
    this.failures = failures;
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(UnsafeByteOperations.unsafeWrap(payload))
            .putAllAttributes(attributes)
            .build();
    CompletableFuture<String> sent = new CompletableFuture<>();
    whenAnswered(
        batching.publish(message),
        sent::complete,
        failure -> {
          if (isInvalidArgument(failure)) {
            sendAlone(message, sent);
          } else {
            sent.completeExceptionally(failures.explain(failure));
          }
        });
    return sent;
  }

  private void sendAlone(PubsubMessage message, CompletableFuture<String> sent) {
    PublishRequest request =
        PublishRequest.newBuilder()
            .setTopic(batching.getTopicNameString())
            .addMessages(message)
            .build();
    try {
      whenAnswered(
          single().publishCallable().futureCall(request),
          response -> sent.complete(response.getMessageIds(0)),
          failure ->
              sent.completeExceptionally(
                  isInvalidArgument(failure)
                      ? failures.rejected(failure)
                      : failures.explain(failure)));
    } catch (RuntimeException e) {
      sent.completeExceptionally(failures.explain(e));
    }
  }

  private synchronized TopicAdminClient single() {
    if (closed) {
      throw new IllegalStateException("the transport is closed");
    }
    if (single == null) {
      try {
        single = unbatched.make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return single;
  }

  private static <T> void whenAnswered(
      ApiFuture<T> answer, Consumer<T> succeeded, Consumer<Throwable> failed) {
    ApiFutures.addCallback(
        answer,
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(T result) {
            succeeded.accept(result);
          }

          @Override
          public void onFailure(Throwable failure) {
            failed.accept(failure);
          }
        },
        MoreExecutors.directExecutor());
  }

  private static boolean isInvalidArgument(Throwable failure) {
    return failure instanceof ApiException api
        && api.getStatusCode().getCode() == StatusCode.Code.INVALID_ARGUMENT;
  }

  @Override
  public void flush() {
    batching.publishAllOutstanding();
  }

  /** Google's client waits for its messages without a limit, so it does that on another thread. */
  @Override
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Thread closing = new Thread(() -> shutDown(deadline), "millrace-pubsub-close");
    closing.setDaemon(true);
    closing.start();
    try {
      TimeUnit.NANOSECONDS.timedJoin(closing, Math.max(1, deadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    gate.close();
  }

  private void shutDown(long deadline) {
    try {
      batching.shutdown();
      batching.awaitTermination(nanosUntil(deadline), TimeUnit.NANOSECONDS);
      TopicAdminClient second;
      synchronized (this) {
        closed = true;
        second = single;
      }
      if (second != null) {
        second.shutdown();
        second.awaitTermination(nanosUntil(deadline), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long nanosUntil(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }
}
