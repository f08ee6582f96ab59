package dev.millrace.collector;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.collector.topic.TopicFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The messages of one request on their way to their topics. Used by one thread. */
final class Delivery {
  private final List<CompletableFuture<Void>> sent = new ArrayList<>();
  private final TopicTrouble trouble;

  Delivery(TopicTrouble trouble) {
    this.trouble = trouble;
  }

  void send(EventTopic topic, byte[] data, Map<String, String> attributes) {
    sent.add(topic.publish(data, attributes).toCompletableFuture());
  }

  /**
   * Waits until all are acknowledged.
   *
   * @return why not, if not
   */
  Optional<Refusal> await(Duration patience) {
    try {
      all().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of(Refusal.TOPIC_UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Refusal.TOPIC_UNAVAILABLE);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicFullException) {
        return Optional.of(Refusal.OVERLOADED);
      }
      trouble.tell(e.getCause());
      return Optional.of(Refusal.TOPIC_UNAVAILABLE);
    }
  }

  /** Runs when nothing is on its way any more, however it ended. */
  void whenSettled(Runnable then) {
    all().whenComplete((nothing, failure) -> then.run());
  }

  private CompletableFuture<Void> all() {
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
  }
}
