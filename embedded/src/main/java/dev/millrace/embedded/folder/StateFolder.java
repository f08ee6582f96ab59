package dev.millrace.embedded.folder;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state bucket as a folder: {@code <folder>/state/<name>}. A file's first line holds the
 * object's generation, the rest is its content; both change in one rename, so they can't disagree
 * whenever the process is killed. Generations are microseconds since 1970 UTC, or one more than the
 * last where the clock is behind it: an object that somebody deleted doesn't come back under a
 * generation that it had.
 */
public final class StateFolder implements State {
  private static final String FIRST_LINE = "millrace state, generation ";
  private static final int MAX_FIRST_LINE_BYTES = 64;

  private final Path root;
  private final PartialFiles partials;
  private final FolderLock lock;
  private final Clock clock;

  /**
   * @param folder the pipeline's folder; made when something is kept
   */
  public StateFolder(Path folder, Clock clock) {
    Path absolute = folder.toAbsolutePath().normalize();
    this.root = absolute.resolve("state");
    this.partials = new PartialFiles(absolute.resolve("state.partial"), clock);
    this.lock = new FolderLock(absolute.resolve("state.lock"));
    this.clock = clock;
  }

  /** The content of a state file, or all of the bytes where they are no state file's. */
  public static byte[] content(byte[] file) {
    int start = 0;
    for (byte expected : FIRST_LINE.getBytes(StandardCharsets.US_ASCII)) {
      if (start == file.length || file[start] != expected) {
        return file;
      }
      start++;
    }
    while (start < file.length && file[start] != '\n') {
      start++;
    }
    return Arrays.copyOfRange(file, Math.min(start + 1, file.length), file.length);
  }

  /**
   * {@inheritDoc}
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if the file was not written by this class
   */
  @Override
  public Optional<Versioned> read(String name) throws IOException {
    Path file = SafePath.below(root, name);
    try {
      return Optional.of(parse(file, Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalLong replace(String name, byte[] content, long expectedGeneration)
      throws IOException {
    Path file = SafePath.below(root, name);
    return lock.holding(
        () -> {
          long current = read(name).map(Versioned::generation).orElse(ABSENT);
          if (current != expectedGeneration) {
            return OptionalLong.empty();
          }
          long next = Math.max(current + 1, nowMicros());
          PartialFiles.publish(partials.complete(format(next, content)), file);
          return OptionalLong.of(next);
        });
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private static byte[] format(long generation, byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(content.length + MAX_FIRST_LINE_BYTES);
    file.writeBytes((FIRST_LINE + generation + "\n").getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(content);
    return file.toByteArray();
  }

  private static Versioned parse(Path file, byte[] bytes) throws LoadException {
    int end = 0;
    while (end < Math.min(bytes.length, MAX_FIRST_LINE_BYTES) && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, 0, end, StandardCharsets.US_ASCII);
    if (end == bytes.length
        || !line.startsWith(FIRST_LINE)
        || !line.substring(FIRST_LINE.length()).matches("[1-9][0-9]{0,17}")) {
      throw new LoadException(
          LoadError.MISCONFIGURED,
          "%s is damaged: its first line is not \"%s<number>\". Put back a copy of it, or move it away to start without it."
              .formatted(file, FIRST_LINE));
    }
    return new Versioned(
        Long.parseLong(line.substring(FIRST_LINE.length())),
        Arrays.copyOfRange(bytes, end + 1, bytes.length));
  }
}
