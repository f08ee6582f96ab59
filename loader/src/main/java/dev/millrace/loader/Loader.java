package dev.millrace.loader;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.time.Clock;
import java.time.Duration;

/**
 * Loads batches, each exactly once, by the six steps of the design (read, normalise, evolve, seal,
 * load, commit). Thread-safe; any number of loaders may work on the same dataset.
 */
public final class Loader {
  public Loader(Ports ports, Settings settings, Clock clock) {
    throw new UnsupportedOperationException("being written");
  }

  /**
   * Loads a batch, retrying what passes, until the time is over.
   *
   * @param budget how long it may take, such as 540 s
   */
  public LoadOutcome load(BatchRef batch, Duration budget) {
    throw new UnsupportedOperationException("being written");
  }
}
