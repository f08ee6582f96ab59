package dev.millrace.tests.bigquery.quotas;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what happened within the last stretch of time. Not thread-safe. */
final class Window {
  private record Use(Instant at, int amount) {}

  private final Duration length;
  private final Deque<Use> uses = new ArrayDeque<>();
  private long used;

  Window(Duration length) {
    this.length = length;
  }

  /** Whether so much more fits under the limit; if so it is counted. */
  boolean take(Instant now, int amount, int limit) {
    forget(now);
    if (used + amount > limit) {
      return false;
    }
    count(now, amount);
    return true;
  }

  /** Counts what has happened whether it was allowed or not. */
  void count(Instant now, int amount) {
    uses.add(new Use(now, amount));
    used += amount;
  }

  private void forget(Instant now) {
    Instant since = now.minus(length);
    while (!uses.isEmpty() && !uses.peek().at().isAfter(since)) {
      used -= uses.poll().amount();
    }
  }
}
