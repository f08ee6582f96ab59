package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.files.EventFile;
import dev.millrace.cli.files.FileProgress;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.read.BatchReader;
import dev.millrace.loader.read.ReadBatch;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rows that files would make, as one batch. The same files give the same rows at each
 * run: their load id is {@code preview}, and what came in no Pub/Sub message was received in 1970.
 */
final class Preview {
  private static final String LOAD_ID = "preview";
  private static final long RECEIVED_AT_MICROS = 0;
  private static final long NO_CLOCK_MICROS = 1;

  private final Baseline against;
  private final BadList bad = new BadList();
  private final Normalizer normalizer;
  private final BatchReader reader = new BatchReader(BatchReader.DEFAULT_MAX_UNPACKED_BYTES);
  private final FileProgress progress;

  Preview(Baseline against, Settings settings, RowSink rows, FileProgress progress) {
    this.against = against;
    this.progress = progress;
    StoredSchema known = against.stored();
    this.normalizer =
        new Normalizer(known.schema(), known.rawPaths(), settings.normalizer(), LOAD_ID, rows, bad);
  }

  /**
   * Reads all files; one preview reads once.
   *
   * @throws Failure if nothing in a file can be read; the message names it
   */
  Findings of(List<EventFile> files) throws IOException {
    List<FileRead> read = new ArrayList<>();
    List<SeenChange> changes = new ArrayList<>();
    for (EventFile file : files) {
      int number = read.size();
      bad.readsFile(number);
      ReadBatch batch = read(file);
      normalizer.changePlaces().stream()
          .skip(changes.size())
          .map(place -> SeenChange.of(number, place))
          .forEachOrdered(changes::add);
      read.add(new FileRead(file.name(), batch.format().word(), file.bytes()));
    }
    return findings(files, read, changes, normalizer.finish());
  }

  private Findings findings(
      List<EventFile> files, List<FileRead> read, List<SeenChange> seen, NormalizedBatch batch) {
    Places places = new Places();
    seen.forEach(change -> places.want(change.file(), change.spot()));
    bad.first().forEach(event -> places.want(event.file(), event.spot()));
    places.find(files);
    List<PlacedChange> changes = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      SeenChange change = seen.get(i);
      changes.add(
          new PlacedChange(
              batch.changes().get(i),
              places.of(change.file(), change.spot()),
              change.eventIndex()));
    }
    List<PlacedBad> placedBad =
        bad.first().stream()
            .map(event -> new PlacedBad(event, places.of(event.file(), event.spot())))
            .toList();
    return new Findings(read, against, batch, changes, bad.byReason(), placedBad);
  }

  private ReadBatch read(EventFile file) throws IOException {
    BatchRef batch = BatchRef.ofContent(file.sha256(), NO_CLOCK_MICROS);
    try {
      Landing.Opened opened =
          new Landing.Opened(file.open(progress.of(file)), RECEIVED_AT_MICROS, file.bytes());
      return reader.read(batch, opened, normalizer);
    } catch (LoadException e) {
      throw Failure.usage(file.name() + ": " + e.getMessage(), e);
    } finally {
      progress.done();
    }
  }
}
