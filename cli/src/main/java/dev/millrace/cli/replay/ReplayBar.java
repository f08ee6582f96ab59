package dev.millrace.cli.replay;

import dev.millrace.cli.console.Progress;
import dev.millrace.cli.packages.PackageFolder;
import dev.millrace.cli.show.Counted;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.replay.ReplayListener;
import dev.millrace.loader.replay.ReplayReport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Shows how far a replay is, and deletes load packages of this machine once they are loaded. */
final class ReplayBar implements ReplayListener {
  private static final int WIDTH = 24;

  private final Progress progress;
  // Null where a bucket's rules delete them.
  private final Staging packages;
  private volatile String last = "the beginning";

  /**
   * @param packages where load packages are, or null to leave them there
   */
  ReplayBar(Progress progress, Staging packages) {
    this.progress = progress;
    this.packages = packages;
  }

  @Override
  public void progress(long total, ReplayReport soFar) {
    last = line(total, soFar);
    progress.at(last);
  }

  static String line(long total, ReplayReport soFar) {
    int done = (int) (WIDTH * soFar.lookedAt() / Math.max(1, total));
    return "[%s%s] %s of %s: %s loaded, %s in before%s"
        .formatted(
            "#".repeat(done),
            "-".repeat(WIDTH - done),
            Counted.number(soFar.lookedAt()),
            Counted.of(total, "batch"),
            Counted.number(soFar.loaded()),
            Counted.number(soFar.before()),
            soFar.isComplete()
                ? ""
                : ", " + Counted.number(soFar.failed() + soFar.left()) + " not");
  }

  @Override
  public void loaded(LoadReport report) {
    if (packages == null) {
      return;
    }
    try {
      new PackageFolder(packages, report.loadId()).delete();
    } catch (IOException e) {
      System.getLogger(ReplayBar.class.getName())
          .log(Level.WARNING, "the package of {0} is of no use any more: {1}", report.loadId(), e);
    }
  }

  @Override
  public void waiting(Instant until) {
    progress.note(
        "The day's load jobs are used up; waiting until %s (--max-loads-per-day, --max-loads-per-table)"
            .formatted(until.truncatedTo(ChronoUnit.MINUTES)));
  }

  void done() {
    progress.done();
  }

  /** Says how far it came that the process is told to end. */
  void interrupted() {
    progress.note("Interrupted at " + last + ". The same command goes on from there.");
  }
}
