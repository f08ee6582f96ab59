package dev.millrace.loader.ports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

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
}
