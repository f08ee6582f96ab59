package dev.millrace.loader.ports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/** Where batch objects are found. Thread-safe. */
public interface Landing {
  /**
   * An object that is being read.
   *
   * @param content its bytes, to be closed by the reader
   * @param createdMicros when it was created, in microseconds since 1970 UTC
   * @param bytes its size
   */
  record Opened(InputStream content, long createdMicros, long bytes) {}

  /**
   * Opens an object at its generation.
   *
   * @throws NoSuchFileException if there is no such object at that generation, or no longer
   */
  Opened open(BatchRef batch) throws IOException;

  /**
   * An object that is there.
   *
   * @param created when it was finalised
   * @param bytes its size
   */
  record Listed(BatchRef batch, Instant created, long bytes) {}

  /** Is shown one object after the other. */
  @FunctionalInterface
  interface Visitor {
    void object(Listed object) throws IOException;
  }

  /**
   * Shows every object that is there, at its current generation, in no particular order. However
   * many there are, only some of them are in memory at once.
   */
  void list(Visitor visitor) throws IOException;

  /** The same of those whose names begin so. */
  default void list(String prefix, Visitor visitor) throws IOException {
    list(
        object -> {
          if (object.batch().name().startsWith(prefix)) {
            visitor.object(object);
          }
        });
  }
}
