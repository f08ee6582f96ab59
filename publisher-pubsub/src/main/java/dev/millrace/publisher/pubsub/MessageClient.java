package dev.millrace.publisher.pubsub;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import dev.millrace.publisher.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Messages by Google's client. Pub/Sub refuses a request as a whole for one bad message in it, so
 * the messages of a request that is refused go once more, each in a request of its own.
 */
final class MessageClient implements Transport {
  /** Makes a client that sends every message in a request of its own. */
  interface Unbatched {
    Publisher make() throws IOException;
  }

  private final Publisher batching;
  private final Unbatched unbatched;
  private final CallGate gate;
  private final PubSubFailures failures;
  private Publisher single;
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
    publish(
        batching,
        message,
        sent,
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
    try {
      publish(
          single(),
          message,
          sent,
          failure ->
              sent.completeExceptionally(
                  isInvalidArgument(failure)
                      ? failures.rejected(failure)
                      : failures.explain(failure)));
    } catch (RuntimeException e) {
      sent.completeExceptionally(failures.explain(e));
    }
  }

  private synchronized Publisher single() {
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

  private static void publish(
      Publisher client,
      PubsubMessage message,
      CompletableFuture<String> sent,
      java.util.function.Consumer<Throwable> failed) {
    ApiFutures.addCallback(
        client.publish(message),
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(String messageId) {
            sent.complete(messageId);
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
      shutDown(batching, deadline);
      Publisher second;
      synchronized (this) {
        closed = true;
        second = single;
      }
      if (second != null) {
        shutDown(second, deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void shutDown(Publisher client, long deadline) throws InterruptedException {
    client.shutdown();
    client.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
