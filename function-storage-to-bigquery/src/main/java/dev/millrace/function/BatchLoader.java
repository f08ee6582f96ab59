package dev.millrace.function;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import java.time.Duration;

/** Loads batches. Thread-safe. */
@FunctionalInterface
interface BatchLoader {
  /**
   * @throws LoadException if it can't be tried: the settings or what they name can't be used
   */
  LoadOutcome load(BatchRef batch, Duration budget) throws LoadException;
}
