package dev.millrace.loader.ports;

import java.io.IOException;
import java.util.List;

/** Where changes of the schema are told to other programs. Thread-safe. */
public interface SchemaChangeTopic extends AutoCloseable {
  /** Of ports without such a topic: nothing is told. */
  SchemaChangeTopic NONE = messages -> {};

  /**
   * Publishes the messages and waits until the topic has all of them.
   *
   * @param messages JSON objects in UTF-8, one a change
   */
  void publish(List<byte[]> messages) throws IOException;

  @Override
  default void close() {}
}
