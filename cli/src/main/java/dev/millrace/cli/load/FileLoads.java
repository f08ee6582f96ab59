package dev.millrace.cli.load;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ContentBatches;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Loads files, each as a batch that is known by its content. */
final class FileLoads {
  /** How long after its start a load is tried again where something passing is in its way. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ports ports;
  private final Settings settings;
  private final Clock clock;
  private final Progress progress;
  private final LoadedContents loaded;

  FileLoads(Ports ports, Settings settings, Clock clock, Progress progress, LoadedContents loaded) {
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
    FileLanding landing = new FileLanding(batch, file, progressOf(file));
    Ports fromFile = new Ports(ports.store().withLanding(landing), ports.warehouse());
    try {
      LoadOutcome outcome = new Loader(fromFile, settings, clock).load(batch, PATIENCE);
      if (outcome instanceof LoadOutcome.Loaded loaded) {
        new PackageFolder(ports.store().staging(), loaded.report().loadId()).delete();
      }
      return outcome;
    } finally {
      progress.done();
    }
  }

  private LongConsumer progressOf(EventFile file) {
    long startNanos = System.nanoTime();
    return read -> {
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      if (read < file.bytes()) {
        progress.at(
            "%s: %d %% of %s, %s/s"
                .formatted(
                    file.name(),
                    100 * read / Math.max(1, file.bytes()),
                    Counted.bytes(file.bytes()),
                    Counted.bytes(read * 1_000 / Math.max(1, took.toMillis()))));
      } else {
        progress.at(file.name() + ": read; writing the tables");
      }
    };
  }
}
