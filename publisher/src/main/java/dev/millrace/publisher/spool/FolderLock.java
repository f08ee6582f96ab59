package dev.millrace.publisher.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes sure that one spool at a time works on a folder, in this process or another. */
final class FolderLock implements AutoCloseable {
  private static final int LONGEST_PID = 20;

  private final RandomAccessFile file;

  private FolderLock(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * @throws SpoolException if the folder is in use; the message says by whom
   */
  static FolderLock of(Path folder) throws IOException {
    RandomAccessFile file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
    try {
      FileLock lock = file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false);
      if (lock == null) {
        throw inUse(folder, "process " + holder(file));
      }
      file.setLength(0);
      file.write(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
      return new FolderLock(file);
    } catch (OverlappingFileLockException e) {
      file.close();
      throw inUse(folder, "another publisher of this process");
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static SpoolException inUse(Path folder, String holder) {
    return new SpoolException(
        "The spool folder "
            + folder
            + " is in use by "
            + holder
            + ". Give each publisher a folder of its own, or close the other first.",
        null);
  }

  private static String holder(RandomAccessFile file) throws IOException {
    byte[] pid = new byte[(int) Math.min(file.length(), LONGEST_PID)];
    file.seek(0);
    file.readFully(pid);
    return pid.length == 0 ? "(unknown)" : new String(pid, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
