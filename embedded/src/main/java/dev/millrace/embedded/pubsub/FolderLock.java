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

  static FolderLock take(Path folder) throws CannotStartException {
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
    try {
      if (lock(channel) == null) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new CannotStartException(
            "Another pipeline, process "
                + (holder.isEmpty() ? "unknown" : holder)
                + ", works in the folder "
                + folder
                + ". Stop it first, or choose another folder.",
            null);
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return new FolderLock(channel);
    } catch (CannotStartException e) {
      throw e;
    } catch (IOException e) {
      throw new CannotStartException("The file " + file + " can't be locked (" + e + ").", e);
    }
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
