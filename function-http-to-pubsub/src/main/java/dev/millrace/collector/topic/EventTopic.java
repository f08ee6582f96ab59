package dev.millrace.collector.topic;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where messages go. Thread-safe. */
public interface EventTopic extends AutoCloseable {
  /**
   * Sends a message, without waiting.
   *
   * @param data not changed afterwards
   * @return done when the topic has acknowledged it; failed with {@link TopicFullException} where
   *     too much is on its way already, and with anything else where the topic can't be reached
   */
  CompletionStage<Void> publish(byte[] data, Map<String, String> attributes);

  /** Ends; what is on its way is waited for a few seconds. */
  @Override
  default void close() {}
}
