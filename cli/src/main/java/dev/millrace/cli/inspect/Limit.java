package dev.millrace.cli.inspect;

import dev.millrace.cli.console.Failure;

/** How many of something are listed; all of them are in memory. */
final class Limit {
  private static final int MOST = 100_000;

  private Limit() {}

  static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw Failure.usage("--limit is %d; it must be between 1 and %,d".formatted(limit, MOST));
    }
    return limit;
  }
}
