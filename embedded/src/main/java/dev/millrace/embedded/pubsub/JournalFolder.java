package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where journals lie until their batches are objects. Not thread-safe. */
final class JournalFolder {
  private static final System.Logger LOG = System.getLogger(JournalFolder.class.getName());
  private static final String JOURNAL = ".journal";
  private static final String UNFINISHED_OBJECT = ".object";

  private final Path folder;
  private final ObjectNames names;
  private final AppendFile.Files files;
  private final Supplier<String> unique;

  /**
   * @param folder made if it isn't there
   * @param unique gives each batch its random part
   */
  JournalFolder(Path folder, ObjectNames names, AppendFile.Files files, Supplier<String> unique)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.names = names;
    this.files = files;
    this.unique = unique;
  }

  /** A new batch, whose object's name is decided now and in its journal before anything else. */
  OpenBatch start(BatchLimits limits, Instant now) throws IOException {
    String id = unique.get();
    String objectName = names.name(now, id);
    // Twenty digits, so that names sort as times do.
    String started = String.format("%020d", ChronoUnit.MICROS.between(Instant.EPOCH, now));
    Path path = folder.resolve(started + "-" + id + JOURNAL);
    try {
      Journal journal = Journal.create(path, objectName, files);
      return new OpenBatch(journal, objectName, limits, now);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** The journals that an earlier run left, the oldest first; objects half written are deleted. */
  List<SealedBatch> leftOver() throws IOException {
    List<SealedBatch> batches = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> found = Files.list(folder)) {
      all = found.sorted().toList();
    }
    for (Path path : all) {
      if (path.toString().endsWith(UNFINISHED_OBJECT)) {
        Files.delete(path);
      } else if (path.toString().endsWith(JOURNAL)) {
        addTo(batches, path);
      }
    }
    return batches;
  }

  /** Where the object of a batch is written before it is finalised. */
  static Path unfinishedObject(SealedBatch batch) {
    return batch.journal().resolveSibling(batch.journal().getFileName() + UNFINISHED_OBJECT);
  }

  /** Keeps a journal that can't be read to its end, out of the way, for a person to look at. */
  static void putAside(Path journal) throws IOException {
    Path aside = journal.resolveSibling(journal.getFileName() + ".damaged");
    Files.move(journal, aside, StandardCopyOption.REPLACE_EXISTING);
    LOG.log(
        System.Logger.Level.ERROR,
        "The journal {0} is damaged: its bytes are not those that were written. What came before"
            + " the damage is in its batch; the file is kept as {1}. Check the disk.",
        journal,
        aside);
  }

  private static void addTo(List<SealedBatch> batches, Path path) throws IOException {
    long size = Files.size(path);
    try (JournalReader reader = new JournalReader(path, size)) {
      if (reader.objectName().isPresent()) {
        batches.add(new SealedBatch(path, reader.objectName().get(), size));
        return;
      }
      if (reader.end() == JournalReader.End.DAMAGED) {
        putAside(path);
        return;
      }
    }
    LOG.log(
        System.Logger.Level.INFO,
        "The journal {0} was just being started when its process died; nothing in it was"
            + " acknowledged, so it is deleted.",
        path);
    Files.delete(path);
  }
}
