package dev.millrace.tests.kill;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import dev.millrace.tests.process.LocalPipeline;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes requests one after the other at a steady rate, each until it is acknowledged, and keeps
 * which of them may have arrived more than once: a lost connection doesn't tell whether the request
 * had arrived. Straight on the generated stub, for a client's own retries would hide that.
 */
final class StubbornPublisher implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String topic =
      "projects/%s/topics/%s".formatted(LocalPipeline.PROJECT, LocalPipeline.TOPIC);
  private final ManagedChannel channel;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> working = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ambiguous = ConcurrentHashMap.newKeySet();
  private final long nanosPerRequest;
  private final long startNanos = System.nanoTime();
  // How many requests there are at least, and whether more are wanted after these.
  private final int least;
  private volatile boolean more = true;
  private volatile boolean closed;

  StubbornPublisher(int port, int leastRequests, Duration between) {
    this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    this.least = leastRequests;
    this.nanosPerRequest = between.toNanos();
    for (int thread = 0; thread < THREADS; thread++) {
      working.add(threads.submit(this::work));
    }
  }

  /** Requests acknowledged so far. */
  int acknowledged() {
    return acknowledged.size();
  }

  /** Whether the request may have arrived more than once. */
  boolean isAmbiguous(int request) {
    return ambiguous.contains(request);
  }

  int ambiguous() {
    return ambiguous.size();
  }

  /**
   * Stops at the least number of requests, or where it is beyond that; waits for every answer.
   *
   * @return the requests, all acknowledged
   */
  Set<Integer> finish() throws Exception {
    more = false;
    for (Future<?> each : working) {
      each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return Set.copyOf(acknowledged);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    channel.shutdownNow();
  }

  private void work() {
    while (!closed) {
      int request = next.getAndIncrement();
      if (request >= least && !more) {
        return;
      }
      LockSupport.parkNanos(startNanos + request * nanosPerRequest - System.nanoTime());
      publish(request);
    }
  }

  private void publish(int request) {
    PublishRequest publish =
        PublishRequest.newBuilder()
            .setTopic(topic)
            .addAllMessages(KillEvents.messagesOf(request))
            .build();
    while (!closed) {
      try {
        PublisherGrpc.newBlockingStub(channel)
            .withDeadlineAfter(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
            .publish(publish);
        acknowledged.add(request);
        return;
      } catch (StatusRuntimeException e) {
        if (!neverLeft(e)) {
          ambiguous.add(request);
        }
        channel.resetConnectBackoff();
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private static boolean neverLeft(Throwable failure) {
    return failure != null
        && (failure instanceof ConnectException || neverLeft(failure.getCause()));
  }
}
