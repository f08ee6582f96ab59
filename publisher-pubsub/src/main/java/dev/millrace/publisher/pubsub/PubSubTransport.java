package dev.millrace.publisher.pubsub;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.UnsafeByteOperations;
import com.google.pubsub.v1.PubsubMessage;
import dev.millrace.publisher.Transport;
import dev.millrace.publisher.TransportException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Publishes through Google's Pub/Sub client, with batches for telemetry (1 MB, 1,000 messages or 50
 * ms), flow control, gzip on the wire, and retries that end.
 */
public final class PubSubTransport implements Transport {
  private final Publisher client;
  private final PubSubFailures failures;

  PubSubTransport(Publisher client, PubSubFailures failures) {
    this.client = client;
    this.failures = failures;
  }

  /**
   * A transport with default settings; it publishes to the emulator that the environment variable
   * {@code PUBSUB_EMULATOR_HOST} names, if it is set.
   *
   * @throws TransportException if there are no credentials; the message says how to get some
   */
  public static PubSubTransport to(String projectId, String topicId) {
    return builder(projectId, topicId).build();
  }

  /** Starts the making of a transport. */
  public static PubSubTransportBuilder builder(String projectId, String topicId) {
    return new PubSubTransportBuilder(projectId, topicId, System.getenv());
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(UnsafeByteOperations.unsafeWrap(payload))
            .putAllAttributes(attributes)
            .build();
    CompletableFuture<String> sent = new CompletableFuture<>();
    ApiFuture<String> answer = client.publish(message);
    ApiFutures.addCallback(
        answer,
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(String messageId) {
            sent.complete(messageId);
          }

          @Override
          public void onFailure(Throwable failure) {
            sent.completeExceptionally(failures.explain(failure));
          }
        },
        MoreExecutors.directExecutor());
    return sent;
  }

  @Override
  public void flush() {
    client.publishAllOutstanding();
  }

  /** Google's client waits for its messages without a limit, so it does that on another thread. */
  @Override
  public void close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Thread closing =
        new Thread(() -> shutDown(deadline - System.nanoTime()), "millrace-pubsub-close");
    closing.setDaemon(true);
    closing.start();
    try {
      TimeUnit.NANOSECONDS.timedJoin(closing, Math.max(1, deadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown(long nanos) {
    try {
      client.shutdown();
      client.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
