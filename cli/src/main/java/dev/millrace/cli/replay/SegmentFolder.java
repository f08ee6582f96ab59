package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileLanding;
import dev.millrace.loader.ContentBatches;
import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.Loader;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Ports;
import dev.millrace.loader.read.BatchContent;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.read.LandingContent;
import dev.millrace.loader.replay.ReplaySource;
import dev.millrace.loader.replay.Replayable;
import dev.millrace.loader.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a Segment archive in a folder of this machine, each a batch that is known by its
 * content. They come in the order of their paths, so that a source's older days are first.
 */
final class SegmentFolder implements ReplaySource {
  /** A file is read once to know its content; not too many before the first is loaded. */
  private static final int PAGE = 16;

  private final Path folder;
  private final Instant since;
  private final Instant until;
  private final boolean trusted;
  private final Ports ports;
  private final Settings settings;
  private final Clock clock;

  /**
   * @param trusted whether events say when they were received
   */
  SegmentFolder(
      Path folder, TimeRange times, boolean trusted, Ports ports, Settings settings, Clock clock) {
    this.folder = folder;
    this.since = times.since();
    this.until = times.until();
    this.trusted = trusted;
    this.ports = ports;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void list(Visitor visitor) throws IOException {
    list(folder, visitor);
  }

  private void list(Path in, Visitor visitor) throws IOException {
    List<Path> entries;
    try (Stream<Path> stream = Files.list(in)) {
      entries = stream.sorted().toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        list(entry, visitor);
      } else if (SegmentDays.has(path(entry), since, until)) {
        visitor.batch(new ArchivedFile(entry));
      }
    }
  }

  /** From the folder on, with its own name, which may be the day's. */
  private String path(Path file) {
    return folder.toAbsolutePath().normalize().getFileName()
        + "/"
        + folder.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public int page() {
    return PAGE;
  }

  private final class ArchivedFile implements Replayable {
    private final Path path;
    private EventFile file;
    private BatchRef batch;

    ArchivedFile(Path path) {
      this.path = path;
    }

    @Override
    public String label() {
      return path.toString();
    }

    @Override
    public long bytes() {
      return path.toFile().length();
    }

    @Override
    public BatchRef batch() throws IOException {
      if (batch == null) {
        try {
          file = EventFile.of(path, read -> {});
        } catch (Failure e) {
          throw new IOException(e.getMessage(), e);
        }
        batch = new ContentBatches(ports.store().state(), clock).batch(file.sha256());
      }
      return batch;
    }

    @Override
    public LoadOutcome load(Duration budget) {
      BatchContent content =
          new LandingContent(
              new FileLanding(batch, file, read -> {}),
              new BatchReader(BatchReader.DEFAULT_MAX_UNPACKED_BYTES));
      return new Loader(ports, settings, trusted ? content.trustingReceivedAt() : content, clock)
          .load(batch, budget);
    }
  }
}
