package dev.millrace.loader.ports;

import java.io.IOException;

/** Where notices of finalised batch objects go, so that they are loaded. Thread-safe. */
public interface NoticeTopic extends AutoCloseable {
  /** Of ports that have no such topic; publishing says so. */
  NoticeTopic NONE =
      batch -> {
        throw new LoadException(
            LoadError.MISCONFIGURED,
            "these ports have no topic for notices: set ports.notice_topic to republish " + batch);
      };

  /**
   * Publishes the notice that the store publishes of a finalised object, and waits until the topic
   * has it.
   */
  void publish(BatchRef batch) throws IOException;

  @Override
  default void close() {}
}
