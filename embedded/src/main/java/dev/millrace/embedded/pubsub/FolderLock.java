package dev.millrace.embedded.pubsub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * That a folder is one pipeline's. The operating system lets go of it when the process dies,
 * however it dies, so a lock file that is merely there means nothing.
 */
final class FolderLock implements Closeable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws CannotStartException if another pipeline has it, or the folder can't be written
   */
  static FolderLock take(Path folder) throws IOException {
    Path file = folder.resolve("pipeline.lock");
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStartException(
          "The folder "
              + folder
              + " can't be written ("
              + e
              + "). Choose a folder you may write, or change its permissions.",
          e);
    }
    boolean taken = false;
    try {
      if (lock(channel) == null) {
        throw inUse(folder, Files.readString(file).strip());
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      taken = true;
      return new FolderLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static CannotStartException inUse(Path folder, String holder) {
    return new CannotStartException(
        "Another pipeline, process "
            + (holder.isEmpty() ? "unknown" : holder)
            + ", works in the folder "
            + folder
            + ". Stop it first, or choose another folder.",
        null);
  }

  /** Null if another has it, in this process or in another. */
  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
