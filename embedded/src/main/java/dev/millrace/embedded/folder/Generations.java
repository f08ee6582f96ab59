package dev.millrace.embedded.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gives generations: microseconds of the clock, but always more than the last one given in this
 * folder, which a file of eight bytes remembers over restarts and clocks that are set back.
 */
final class Generations {
  private final Path file;
  private final Clock clock;

  Generations(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** The next generation. Not thread-safe: callers hold the folder's lock. */
  long next() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer eightBytes = ByteBuffer.allocate(Long.BYTES);
      int read = channel.read(eightBytes, 0);
      long last = read == Long.BYTES ? eightBytes.getLong(0) : 0;
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      long generation = Math.max(micros, last + 1);
      channel.write(eightBytes.clear().putLong(generation).flip(), 0);
      return generation;
    }
  }
}
