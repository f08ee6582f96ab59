package dev.millrace.loader.reconcile;

import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.ports.Warehouse.Settled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts objects and keeps those few that are told of by name. Used by one thread. */
final class Tally {
  private static final int MAX_REPUBLISHED = 1_000;
  private static final int MAX_FAILURES = 1_000;
  private static final Comparator<Landing.Listed> BY_AGE =
      Comparator.comparing(Landing.Listed::created)
          .thenComparing(object -> object.batch().toString());

  private final List<ReconcileReport.Failure> failures = new ArrayList<>();
  private final PriorityQueue<Landing.Listed> oldest = new PriorityQueue<>(BY_AGE.reversed());
  private long lookedAt;
  private long in;
  private long failed;
  private long missing;

  /**
   * @param settled null if it is neither in nor failed for good
   */
  void add(Landing.Listed object, String loadId, Settled settled) {
    lookedAt++;
    if (settled instanceof Settled.In) {
      in++;
    } else if (settled instanceof Settled.Failed why) {
      failed++;
      if (failures.size() < MAX_FAILURES) {
        failures.add(
            new ReconcileReport.Failure(
                object.batch().toString(), loadId, why.code(), why.detail()));
      }
    } else {
      missing++;
      oldest.add(object);
      if (oldest.size() > MAX_REPUBLISHED) {
        oldest.remove();
      }
    }
  }

  /** What is missing, oldest first; at most a thousand. */
  List<Landing.Listed> oldestMissing() {
    return oldest.stream().sorted(BY_AGE).toList();
  }

  ReconcileReport report() {
    return new ReconcileReport(
        lookedAt, in, failed, failures, oldest.size(), missing - oldest.size());
  }
}
