package dev.millrace.collector;

import dev.millrace.collector.topic.EventTopic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A topic in memory that fails, or never acknowledges, when a test wants it. */
final class FakeTopic implements EventTopic {
  /** A message. */
  record Message(byte[] data, Map<String, String> attributes) {
    JsonNode json() {
      return JsonMapper.shared().readTree(data);
    }
  }

  final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
  final List<CompletableFuture<Void>> unacknowledged =
      Collections.synchronizedList(new ArrayList<>());
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private boolean silent;

  FakeTopic failingNextWith(RuntimeException failure) {
    failures.add(failure);
    return this;
  }

  FakeTopic neverAcknowledging() {
    silent = true;
    return this;
  }

  @Override
  public synchronized CompletionStage<Void> publish(byte[] data, Map<String, String> attributes) {
    RuntimeException failure = failures.poll();
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    messages.add(new Message(data, attributes));
    if (silent) {
      CompletableFuture<Void> waiting = new CompletableFuture<>();
      unacknowledged.add(waiting);
      return waiting;
    }
    return CompletableFuture.completedFuture(null);
  }

  JsonNode onlyEvent() {
    if (messages.size() != 1) {
      throw new AssertionError("there are " + messages.size() + " messages");
    }
    return messages.get(0).json();
  }
}
