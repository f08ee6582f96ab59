package dev.millrace.loader.replay;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.time.Duration;

/** A batch that can be loaded again. Used by one thread at a time. */
public interface Replayable {
  /** What a person calls it: an object or file. */
  String label();

  /** Its size in bytes, as far as that is known beforehand; else 0. */
  long bytes();

  /**
   * Which batch it is; the same each time.
   *
   * @throws IOException if it has to be read for that, and can't be
   */
  BatchRef batch() throws IOException;

  /** Loads it as {@link dev.millrace.loader.Loader#load} does. */
  LoadOutcome load(Duration budget);
}
