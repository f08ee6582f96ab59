package dev.millrace.publisher.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the names of new files survive a loss of power. */
final class FolderSync {
  private FolderSync() {}

  static void of(Path folder) {
    // A channel refuses its work to a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows can't open a folder, and needs no sync of it.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
