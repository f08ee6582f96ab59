package dev.millrace.embedded.folder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, across threads and processes, by a lock on a file. The system lets go of it when
 * the process ends, however it ends.
 */
final class FolderLock {
  /** A file's lock belongs to the process, so its threads need one more. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path named;

  /**
   * @param file made, and its folder, when the lock is taken; never deleted
   */
  FolderLock(Path file) {
    this.named = file;
  }

  /** What is done under the lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Waits for the lock, however long that takes, and works under it. */
  <T> T holding(Work<T> work) throws IOException {
    Files.createDirectories(named.getParent());
    Path file = named.getParent().toRealPath().resolve(named.getFileName());
    ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock(true));
    try {
      threads.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return work.run();
    } finally {
      threads.unlock();
    }
  }
}
