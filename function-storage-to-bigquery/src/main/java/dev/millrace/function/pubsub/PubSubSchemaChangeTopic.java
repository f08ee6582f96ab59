package dev.millrace.function.pubsub;

import dev.millrace.loader.ports.SchemaChangeTopic;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Changes of the schema, one message a change, without attributes. Thread-safe. */
public final class PubSubSchemaChangeTopic implements SchemaChangeTopic {
  private final PubSubTopic topic;

  /**
   * @param topic closed with this
   */
  public PubSubSchemaChangeTopic(PubSubTopic topic) {
    this.topic = Objects.requireNonNull(topic, "topic");
  }

  @Override
  public void publish(List<byte[]> messages) throws IOException {
    topic.publish(messages.stream().map(json -> new PubSubTopic.Message(json, Map.of())).toList());
  }

  @Override
  public void close() {
    topic.close();
  }
}
