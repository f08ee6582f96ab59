package dev.millrace.cli.load;

import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileLanding;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.cli.packages.PackageFolder;
import dev.millrace.loader.ContentBatches;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Loads files, each as a batch that is known by its content. */
final class FileLoads {
  /** How long after its start a load is tried again where something passing is in its way. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ports ports;
  private final Settings settings;
  private final Clock clock;
  private final FileProgress progress;
  private final LoadedContents loaded;

  FileLoads(
      Ports ports, Settings settings, Clock clock, FileProgress progress, LoadedContents loaded) {
    this.loaded = loaded;
    this.ports = ports;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
  }

  LoadOutcome load(EventFile file) throws IOException {
    BatchRef batch = loaded.batch(file.sha256());
    if (batch == null) {
      batch = new ContentBatches(ports.store().state(), clock).batch(file.sha256());
    }
    FileLanding landing = new FileLanding(batch, file, progress.of(file));
    Ports fromFile =
        new Ports(
            ports.store().withLanding(landing),
            ports.warehouse(),
            ports.notices(),
            ports.schemaChanges());
    try {
      Loader loader = new Loader(fromFile, settings, clock);
      LoadOutcome outcome = loader.load(batch, PATIENCE);
      if (outcome instanceof LoadOutcome.TryAgain later && later.error() == LoadError.OUT_OF_TIME) {
        // Reading took all the time, as it may: the package is made, and is only to be loaded.
        outcome = loader.load(batch, PATIENCE);
      }
      if (outcome instanceof LoadOutcome.Loaded loaded) {
        new PackageFolder(ports.store().staging(), loaded.report().loadId()).delete();
      }
      return outcome;
    } finally {
      progress.done();
    }
  }
}
