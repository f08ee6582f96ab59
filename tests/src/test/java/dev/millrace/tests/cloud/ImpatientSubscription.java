package dev.millrace.tests.cloud;

import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Pushes notices as Pub/Sub does, but pushes at once again what isn't acknowledged: whatever goes
 * wrong in between happens more often than in a life.
 */
final class ImpatientSubscription implements AutoCloseable {
  /** As of our push subscription. */
  private static final Duration ACK_DEADLINE = Duration.ofSeconds(600);

  private static final Duration NOBODY_LISTENS = Duration.ofMillis(20);

  private final Supplier<OptionalInt> port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final LinkedBlockingQueue<BatchRef> waiting = new LinkedBlockingQueue<>();
  private final ConcurrentMap<BatchRef, Integer> open = new ConcurrentHashMap<>();
  private final List<Integer> pushing = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<BatchRef, String> lastAnswers = new ConcurrentHashMap<>();
  private final AtomicInteger pushes = new AtomicInteger();
  private final ExecutorService pushers;
  private volatile boolean closed;

  /**
   * @param port asked at each push for one that an instance listens on, if any
   * @param atOnce how many pushes are open at most
   */
  ImpatientSubscription(Supplier<OptionalInt> port, int atOnce) {
    this.port = port;
    this.pushers = Executors.newFixedThreadPool(atOnce);
    for (int i = 0; i < atOnce; i++) {
      pushers.execute(this::push);
    }
  }

  void publish(BatchRef batch) {
    open.merge(batch, 1, Integer::sum);
    waiting.add(batch);
  }

  /** Notices that are not acknowledged yet. */
  int unacknowledged() {
    return open.size();
  }

  /** Whether a push to that port waits for its answer. */
  boolean isPushingTo(int instancePort) {
    return pushing.contains(instancePort);
  }

  /** How often it has pushed so far. */
  int pushes() {
    return pushes.get();
  }

  /** What the last push of each unacknowledged notice came to, for a failure's message. */
  String lastAnswers() {
    return open.keySet().stream()
        .map(batch -> batch + ": " + lastAnswers.getOrDefault(batch, "not pushed yet"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    closed = true;
    pushers.shutdownNow();
  }

  private void push() {
    try {
      while (!closed) {
        BatchRef batch = waiting.take();
        if (push(batch)) {
          lastAnswers.remove(batch);
          open.computeIfPresent(batch, (key, count) -> count == 1 ? null : count - 1);
        } else {
          waiting.add(batch);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  private boolean push(BatchRef batch) throws InterruptedException {
    OptionalInt to = port.get();
    if (to.isEmpty()) {
      LockSupport.parkNanos(NOBODY_LISTENS.toNanos());
      return false;
    }
    Integer toPort = to.getAsInt();
    pushing.add(toPort);
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + toPort + "/"))
                  .timeout(ACK_DEADLINE)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(notice(batch)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      lastAnswers.put(batch, answer.statusCode() + " " + answer.body());
      return answer.statusCode() / 100 == 2;
    } catch (IOException e) {
      lastAnswers.put(batch, e.toString());
      return false;
    } finally {
      pushing.remove(toPort);
      pushes.incrementAndGet();
    }
  }

  /** A wrapped push of the notification that Cloud Storage publishes of a finished object. */
  static String notice(BatchRef batch) {
    String object =
        Json.of(
            Map.of(
                "kind", "storage#object",
                "bucket", batch.bucket(),
                "name", batch.name(),
                "generation", Long.toString(batch.generation())));
    return Json.of(
        Map.of(
            "subscription",
            "projects/shop/subscriptions/batches",
            "message",
            Map.of(
                "attributes",
                attributes(batch),
                "messageId",
                "1",
                "data",
                Base64.getEncoder().encodeToString(object.getBytes(StandardCharsets.UTF_8)))));
  }

  /** The attributes of that notification. */
  static Map<String, String> attributes(BatchRef batch) {
    return Map.of(
        "bucketId",
        batch.bucket(),
        "objectId",
        batch.name(),
        "objectGeneration",
        Long.toString(batch.generation()),
        "eventType",
        "OBJECT_FINALIZE",
        "payloadFormat",
        "JSON_API_V1",
        "notificationConfig",
        "projects/_/buckets/" + batch.bucket() + "/notificationConfigs/1");
  }
}
