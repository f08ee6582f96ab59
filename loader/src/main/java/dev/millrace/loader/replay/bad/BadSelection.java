package dev.millrace.loader.replay.bad;

import java.time.Instant;
import java.util.Set;

/**
 * Which bad events are meant.
 *
 * @param reasons codes, of {@link ReplayableReasons}
 * @param since of loads with such an event received at this time or later
 * @param until and before this time
 * @param loadIds of these loads; empty for all
 */
public record BadSelection(Set<String> reasons, Instant since, Instant until, Set<String> loadIds) {
  public BadSelection {
    reasons = Set.copyOf(reasons);
    loadIds = Set.copyOf(loadIds);
  }
}
