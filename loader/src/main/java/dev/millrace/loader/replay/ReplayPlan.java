package dev.millrace.loader.replay;

import java.time.Duration;

/**
 * How a replay goes about its work.
 *
 * @param parallel how many batches are loaded at once
 * @param failedToo whether batches that failed for good are tried again
 * @param budget how long the load of one batch may take
 */
public record ReplayPlan(int parallel, boolean failedToo, Duration budget) {
  private static final Duration BUDGET = Duration.ofMinutes(30);

  public ReplayPlan {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel < 1: " + parallel);
    }
  }

  /** So many batches at once, and none that failed for good. */
  public static ReplayPlan ofMissing(int parallel) {
    return new ReplayPlan(parallel, false, BUDGET);
  }

  /** So many batches at once, whatever became of them before. */
  public static ReplayPlan ofAll(int parallel) {
    return new ReplayPlan(parallel, true, BUDGET);
  }
}
