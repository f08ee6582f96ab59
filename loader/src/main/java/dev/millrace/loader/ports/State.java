package dev.millrace.loader.ports;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Small named objects that change only under compare-and-set. Thread-safe, also over processes. */
public interface State {
  /** The expected generation of an object that isn't there. */
  long ABSENT = 0;

  /**
   * An object as it was read.
   *
   * @param generation what a later {@link #replace} expects: microseconds since 1970 UTC at which
   *     it was written, larger each time it is written
   * @param content the whole content
   */
  record Versioned(long generation, byte[] content) {}

  /** The object, if it is there. */
  Optional<Versioned> read(String name) throws IOException;

  /**
   * Writes an object if its generation is still the expected one.
   *
   * @param expectedGeneration as read, or {@link #ABSENT}
   * @return the new generation, or empty if somebody else was faster; then nothing is written
   */
  OptionalLong replace(String name, byte[] content, long expectedGeneration) throws IOException;
}
