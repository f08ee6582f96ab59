package dev.millrace.tests.bench;

import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.embedded.folder.StagingFolder;
import dev.millrace.embedded.folder.StateFolder;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.BatchStore;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * A process that reads, normalises and packages one batch, with folders for the landing and the
 * staging bucket and no warehouse, and says how much memory that took.
 */
final class PackageOneBatch {
  static final String BUCKET = "bench";

  private PackageOneBatch() {}

  /**
   * @param arguments the folder and the name of a batch in its landing folder
   */
  public static void main(String... arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Clock clock = Clock.systemUTC();
    LandingFolder landing = new LandingFolder(folder, BUCKET);
    BatchStore store =
        new BatchStore(landing, new StagingFolder(folder, clock), new StateFolder(folder, clock));
    BatchRef batch = landing.reference(arguments[1]).orElseThrow();
    try (Ports ports = new Ports(store, new NoWarehouse())) {
      Loader loader = new Loader(ports, Settings.of("none", Map.of()), clock);
      LoadOutcome outcome = loader.load(batch, Duration.ofHours(1));
      if (!(outcome instanceof LoadOutcome.Loaded loaded)) {
        throw new IllegalStateException(outcome.toString());
      }
      System.out.printf(
          "%d %d %d%n",
          loaded.report().loaded(), loaded.report().took().toMillis(), PeakMemory.ofThisProcess());
    }
  }
}
