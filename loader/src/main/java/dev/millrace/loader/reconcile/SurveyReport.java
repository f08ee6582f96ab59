package dev.millrace.loader.reconcile;

import java.time.Instant;
import java.util.List;

/**
 * What a landing place holds, by what became of it. Nothing is missing once {@code neverLoaded} and
 * {@code halfLoaded} are 0.
 *
 * @param objects that were looked at
 * @param in whose load is in
 * @param neverLoaded of which nothing is to be seen
 * @param halfLoaded whose package is sealed, and whose load is not complete
 * @param failed that failed for good
 * @param young that may still be on their way, and were not looked at
 * @param missing the oldest thousand of those that were never loaded or are half loaded
 * @param failures the first thousand of those that failed for good
 */
public record SurveyReport(
    long objects,
    long in,
    long neverLoaded,
    long halfLoaded,
    long failed,
    long young,
    List<Missing> missing,
    List<ReconcileReport.Failure> failures) {
  public SurveyReport {
    missing = List.copyOf(missing);
    failures = List.copyOf(failures);
  }

  /**
   * A batch that is not in.
   *
   * @param batch {@code bucket/name#generation}
   * @param created when the object was finalised
   * @param bytes its size
   * @param sealedAt when its package was complete; null if it has none
   * @param events that its package was made of; null if it has none
   */
  public record Missing(
      String batch, String loadId, Instant created, long bytes, Instant sealedAt, Long events) {
    /** {@code half_loaded} or {@code never_loaded}. */
    public String state() {
      return sealedAt == null ? "never_loaded" : "half_loaded";
    }
  }

  /** How many are not in, and have not failed for good. */
  public long missingObjects() {
    return neverLoaded + halfLoaded;
  }
}
