package dev.millrace.function.pubsub;

import dev.millrace.function.storage.ObjectResource;
import dev.millrace.function.storage.ObjectResources;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.NoticeTopic;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Notices as Cloud Storage publishes them of an object that is finished. Thread-safe. */
public final class StorageNoticeTopic implements NoticeTopic {
  private final ObjectResources objects;
  private final PubSubTopic topic;

  /**
   * @param topic closed with this
   */
  public StorageNoticeTopic(ObjectResources objects, PubSubTopic topic) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.topic = Objects.requireNonNull(topic, "topic");
  }

  /**
   * {@inheritDoc}
   *
   * @throws java.nio.file.NoSuchFileException if the object isn't there at its generation
   */
  @Override
  public void publish(BatchRef batch) throws IOException {
    ObjectResource object = objects.of(batch);
    topic.publish(
        List.of(
            new PubSubTopic.Message(
                object.json(),
                Map.of(
                    "eventType", "OBJECT_FINALIZE",
                    "eventTime", object.finalised(),
                    "payloadFormat", "JSON_API_V1",
                    "bucketId", batch.bucket(),
                    "objectId", batch.name(),
                    "objectGeneration", Long.toString(batch.generation())))));
  }

  @Override
  public void close() {
    topic.close();
  }
}
