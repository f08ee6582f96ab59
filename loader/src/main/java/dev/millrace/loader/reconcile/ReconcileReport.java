package dev.millrace.loader.reconcile;

import java.util.List;

/**
 * Whether anything is lost: nothing is, once {@code lookedAt = in + failed}.
 *
 * @param lookedAt objects older than 30 minutes and younger than the landing retention
 * @param in whose load is in
 * @param failed that failed for good
 * @param failures the first thousand of these
 * @param republished that are missing, and whose notices were published again
 * @param leftOver that are missing, and beyond the thousand that are published again in one run
 */
public record ReconcileReport(
    long lookedAt, long in, long failed, List<Failure> failures, long republished, long leftOver) {
  public ReconcileReport {
    failures = List.copyOf(failures);
  }

  /**
   * A batch that failed for good.
   *
   * @param batch {@code bucket/name#generation}
   * @param code as {@link dev.millrace.loader.ports.LoadError} spells it
   */
  public record Failure(String batch, String loadId, String code, String detail) {}
}
