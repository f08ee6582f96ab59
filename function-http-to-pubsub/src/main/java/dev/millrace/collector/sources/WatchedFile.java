package dev.millrace.collector.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A file that is read again every minute, such as a secret that is mounted, so that a change needs
 * no restart. While it can't be read, what was read last stays. Thread-safe.
 */
final class WatchedFile<T> {
  private static final System.Logger LOGGER = System.getLogger(WatchedFile.class.getName());
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path file;
  private final Parser<T> parser;
  private final LongSupplier nanoClock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile T value;
  private volatile long readAtNanos;

  /** Makes a value of a file's content. */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * @throws IllegalArgumentException if it can't; the message says what is expected, and nothing
     *     of the content
     */
    T parse(byte[] content);
  }

  /**
   * Reads the file for the first time.
   *
   * @param nanoClock as {@link System#nanoTime}
   * @throws IOException if it can't be read or parsed; the message names it
   */
  WatchedFile(Path file, Parser<T> parser, LongSupplier nanoClock) throws IOException {
    this.file = file;
    this.parser = parser;
    this.nanoClock = nanoClock;
    value = read();
    readAtNanos = nanoClock.getAsLong();
  }

  /** What the file said within the last minute. */
  T value() {
    if (nanoClock.getAsLong() - readAtNanos >= EVERY_NANOS && reading.tryLock()) {
      try {
        value = read();
      } catch (IOException e) {
        LOGGER.log(
            System.Logger.Level.ERROR,
            "{0}; what was read of it before still holds",
            e.getMessage());
      } finally {
        readAtNanos = nanoClock.getAsLong();
        reading.unlock();
      }
    }
    return value;
  }

  private T read() throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(file + " can't be read (" + e + ")", e);
    }
    try {
      return parser.parse(content);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " can't be used: " + e.getMessage(), e);
    }
  }
}
