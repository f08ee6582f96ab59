package dev.millrace.embedded.folder;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Files that are not finished, in a folder of their own, so that under its own name a file is
 * always whole. What a killed process leaves there is read by nobody, and deleted a day later.
 */
final class PartialFiles {
  private static final int TRIES = 5;

  /** Nobody takes this long between two writes. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final Clock clock;
  private final AtomicBoolean tidied = new AtomicBoolean();

  /**
   * @param folder made for the first file; what was abandoned in it is deleted then
   */
  PartialFiles(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  private void tidy() throws IOException {
    Instant before = clock.instant().minus(ABANDONED);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (lastWrite(file).isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** The end of time for a file that another process has just taken away. */
  private static Instant lastWrite(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.MAX;
    }
  }

  /** An empty file with a name that nobody else has. */
  Path begin() throws IOException {
    Files.createDirectories(folder);
    if (!tidied.getAndSet(true)) {
      tidy();
    }
    return Files.createTempFile(folder, "", ".partial");
  }

  /** A file with the content, safe from a power cut. */
  Path complete(byte[] content) throws IOException {
    Path file = begin();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Channels.newOutputStream(channel).write(content);
      channel.force(true);
    }
    return file;
  }

  /** Gives a finished file its name, in one step, whether or not there is a file of that name. */
  static void publish(Path partial, Path target) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        Files.createDirectories(target.getParent());
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        // The last object of the folder was deleted at this moment, and the folder with it.
        if (tried == TRIES || !Files.exists(partial)) {
          throw e;
        }
      }
    }
  }
}
