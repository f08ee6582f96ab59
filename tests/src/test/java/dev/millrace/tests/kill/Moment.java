package dev.millrace.tests.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a pipeline is doing when it is killed; when exactly within that is drawn. */
enum Moment {
  /** Anything, its own start included. */
  ANY(Duration.ofMillis(1_500)) {
    @Override
    boolean hasCome(Path folder, Set<Path> before, List<FileTime> written) {
      return true;
    }
  },
  /** It turns a journal into a batch object. */
  FINALISING(Duration.ofMillis(8)) {
    @Override
    boolean hasCome(Path folder, Set<Path> before, List<FileTime> written) throws IOException {
      return list(folder.resolve("journal")).stream()
          .anyMatch(file -> file.toString().endsWith(".object"));
    }
  },
  /** It has begun to make a batch's package. */
  NORMALISING(Duration.ofMillis(80)) {
    @Override
    boolean hasCome(Path folder, Set<Path> before, List<FileTime> written) throws IOException {
      return list(folder.resolve("staging.partial")).stream()
          .anyMatch(file -> !before.contains(file));
    }
  },
  /** It has opened the database: it creates tables, loads or commits. */
  COMMITTING(Duration.ofMillis(150)) {
    @Override
    boolean hasCome(Path folder, Set<Path> before, List<FileTime> written) throws IOException {
      return !lastWrites(folder).equals(written);
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = 200_000;

  private final Duration within;

  Moment(Duration within) {
    this.within = within;
  }

  abstract boolean hasCome(Path folder, Set<Path> before, List<FileTime> written)
      throws IOException;

  /** Returns at the moment, or, if it doesn't come within 5 s, without it. */
  void await(Path folder, Random random) throws IOException {
    Set<Path> before = new HashSet<>(list(folder.resolve("staging.partial")));
    List<FileTime> written = lastWrites(folder);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasCome(folder, before, written) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    long killAt = System.nanoTime() + (long) (random.nextDouble() * within.toNanos());
    while (System.nanoTime() < killAt) {
      LockSupport.parkNanos(killAt - System.nanoTime());
    }
  }

  private static List<FileTime> lastWrites(Path folder) throws IOException {
    return List.of(
        lastWrite(folder.resolve("millrace.duckdb")),
        lastWrite(folder.resolve("millrace.duckdb.wal")));
  }

  private static FileTime lastWrite(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      return FileTime.fromMillis(0);
    }
  }

  static Set<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<Path> all = new HashSet<>();
      files.forEach(all::add);
      return all;
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
