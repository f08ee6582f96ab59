package dev.millrace.cli.files;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.show.Counted;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Says how far the reading of event files is. */
public final class FileProgress {
  private final Progress progress;
  private final String afterReading;

  /**
   * @param afterReading what goes on when a file is read, such as {@code writing the tables}
   */
  public FileProgress(Progress progress, String afterReading) {
    this.progress = progress;
    this.afterReading = afterReading;
  }

  /** Takes how many bytes of a file have been read, from now on. */
  public LongConsumer of(EventFile file) {
    long startNanos = System.nanoTime();
    return read -> {
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      if (read < file.bytes()) {
        progress.at(
            "%s: %d %% of %s, %s/s"
                .formatted(
                    file.name(),
                    100 * read / Math.max(1, file.bytes()),
                    Counted.bytes(file.bytes()),
                    Counted.bytes(read * 1_000 / Math.max(1, took.toMillis()))));
      } else {
        progress.at(file.name() + ": read; " + afterReading);
      }
    };
  }

  /** Takes the moving line away. */
  public void done() {
    progress.done();
  }
}
