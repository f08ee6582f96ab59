package dev.millrace.loader.replay;

import dev.millrace.loader.LoadOutcome;
import dev.millrace.loader.LoadReport;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.replay.ReplayReport.NotIn;
import java.util.ArrayList;
import java.util.List;

/** Counts what became of batches. Used by one thread. */
final class ReplayTally {
  private static final int MAX_NAMED = 1_000;

  private final List<NotIn> failures = new ArrayList<>();
  private final List<NotIn> leftovers = new ArrayList<>();
  private long before;
  private long loaded;
  private long failed;
  private long left;
  private long read;
  private long eventsLoaded;
  private long duplicate;
  private long bad;

  void before() {
    before++;
  }

  void outcome(String label, LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Loaded done) {
      LoadReport report = done.report();
      loaded++;
      read += report.read();
      eventsLoaded += report.loaded();
      duplicate += report.duplicate();
      bad += report.bad();
    } else if (outcome instanceof LoadOutcome.FailedForGood why) {
      failed++;
      name(failures, new NotIn(label, why.loadId(), why.error().code(), why.detail()));
    } else if (outcome instanceof LoadOutcome.TryAgain why) {
      left(label, why.loadId(), why.error(), why.detail());
    } else {
      before++;
    }
  }

  /** A batch that failed for good before, and is not tried again. */
  void failedBefore(String label, String loadId, Settled.Failed why) {
    failed++;
    name(failures, new NotIn(label, loadId, why.code(), why.detail()));
  }

  void left(String label, String loadId, LoadError why, String detail) {
    left++;
    name(leftovers, new NotIn(label, loadId, why.code(), detail));
  }

  private static void name(List<NotIn> named, NotIn batch) {
    if (named.size() < MAX_NAMED) {
      named.add(batch);
    }
  }

  ReplayReport report() {
    return new ReplayReport(
        before + loaded + failed + left,
        before,
        loaded,
        new ReplayReport.Events(read, eventsLoaded, duplicate, bad),
        failed,
        failures,
        left,
        leftovers);
  }
}
