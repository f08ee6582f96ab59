package dev.millrace.normalizer.rows;

/** Decides how deep the event at hand is taken apart (M12; dlt's {@code max_nesting}). */
final class Nesting {
  private final NestingLimit everywhere;
  private final GuardCounts guards;
  private boolean levelIsGuard;

  Nesting(NestingLimit everywhere, GuardCounts guards) {
    this.everywhere = everywhere;
    this.guards = guards;
  }

  /**
   * Begins an event.
   *
   * @return how many levels of containers its root row may have
   */
  int begin(TableSlot root) {
    NestingLimit limit = root.nesting == null ? everywhere : root.nesting;
    levelIsGuard = limit.isGuard();
    return limit.levels();
  }

  /** Whether a container with so many levels left is kept whole. */
  boolean isUsedUp(int level) {
    if (level <= 0 && levelIsGuard) {
      guards.acted(GuardName.NESTING);
    }
    return level <= 0;
  }
}
