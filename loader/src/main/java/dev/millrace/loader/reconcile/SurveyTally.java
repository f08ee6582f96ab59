package dev.millrace.loader.reconcile;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.ports.Landing;
import dev.millrace.loader.reconcile.SurveyReport.Missing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts objects and keeps those few that are told of by name. Used by one thread. */
final class SurveyTally {
  private static final int MAX_NAMED = 1_000;
  private static final Comparator<Missing> BY_AGE =
      Comparator.comparing(Missing::created).thenComparing(Missing::batch);

  private final PriorityQueue<Missing> oldest = new PriorityQueue<>(BY_AGE.reversed());
  private final List<ReconcileReport.Failure> failures = new ArrayList<>();
  private long in;
  private long neverLoaded;
  private long halfLoaded;
  private long failed;
  private long young;

  void young() {
    young++;
  }

  void in() {
    in++;
  }

  void failed(ReconcileReport.Failure failure) {
    failed++;
    if (failures.size() < MAX_NAMED) {
      failures.add(failure);
    }
  }

  /**
   * @param sealed its package, or null if there is none
   */
  void missing(Landing.Listed object, String loadId, Manifest sealed) {
    if (sealed == null) {
      neverLoaded++;
    } else {
      halfLoaded++;
    }
    oldest.add(
        new Missing(
            object.batch().toString(),
            loadId,
            object.created(),
            object.bytes(),
            sealed == null ? null : sealed.sealedAt(),
            sealed == null ? null : sealed.counts().read()));
    if (oldest.size() > MAX_NAMED) {
      oldest.remove();
    }
  }

  long objects() {
    return in + neverLoaded + halfLoaded + failed;
  }

  SurveyReport report() {
    return new SurveyReport(
        objects(),
        in,
        neverLoaded,
        halfLoaded,
        failed,
        young,
        oldest.stream().sorted(BY_AGE).toList(),
        failures);
  }
}
