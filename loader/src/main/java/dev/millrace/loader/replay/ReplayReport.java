package dev.millrace.loader.replay;

import java.util.List;

/**
 * What a replay did. Everything is in once {@code lookedAt = before + loaded}.
 *
 * @param lookedAt batches of the archive that were meant
 * @param before whose load was in before
 * @param loaded that are in by this replay
 * @param events of the loaded ones
 * @param failed that failed for good
 * @param failures the first thousand of these
 * @param left that are not in, and may be by another replay
 * @param leftovers the first thousand of these
 */
public record ReplayReport(
    long lookedAt,
    long before,
    long loaded,
    Events events,
    long failed,
    List<NotIn> failures,
    long left,
    List<NotIn> leftovers) {
  public ReplayReport {
    failures = List.copyOf(failures);
    leftovers = List.copyOf(leftovers);
  }

  /** Events of all batches that this replay loaded. */
  public record Events(long read, long loaded, long duplicate, long bad) {}

  /**
   * A batch that is not in.
   *
   * @param batch what a person calls it
   * @param loadId null if it isn't known
   * @param code as {@link dev.millrace.loader.ports.LoadError} spells it
   */
  public record NotIn(String batch, String loadId, String code, String detail) {}

  /** Whether all of the batches are in. */
  public boolean isComplete() {
    return failed == 0 && left == 0;
  }
}
