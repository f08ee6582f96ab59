package dev.millrace.embedded.pubsub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Message ids, growing, never given twice in a folder, over restarts too: they are reserved by the
 * million in a file of eight bytes before the first of them is given. They start at the clock's
 * microseconds, which makes them look like Pub/Sub's, and unique even if the file is lost.
 */
final class MessageIds {
  private static final long BLOCK = 1 << 20;

  private final Path file;
  private long next;
  private long reserved;

  MessageIds(Path file, Clock clock) throws IOException {
    this.file = file;
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer eightBytes = ByteBuffer.allocate(Long.BYTES);
      long before = channel.read(eightBytes, 0) == Long.BYTES ? eightBytes.getLong(0) : 0;
      next = Math.max(before, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
      reserved = next;
    }
  }

  /** The first of {@code count} ids in a row. */
  synchronized long take(int count) throws IOException {
    while (next + count > reserved) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(reserved + BLOCK).flip(), 0);
      }
      reserved += BLOCK;
    }
    long first = next;
    next += count;
    return first;
  }
}
