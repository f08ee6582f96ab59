package dev.millrace.loader;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the steps of one load took. Used by one thread. */
final class StepTimes {
  private final Clock clock;
  private final Map<String, Duration> steps = new LinkedHashMap<>();
  private Instant since;

  StepTimes(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Ends a step now; what comes after it is the next. A step that is done again adds to itself. */
  void end(String step) {
    end(step, clock.instant());
  }

  /** Ends a step at a time that has passed since. */
  void end(String step, Instant at) {
    steps.merge(step, Duration.between(since, at), Duration::plus);
    since = at;
  }

  /** The steps that were done, in their order. */
  Map<String, Duration> all() {
    return steps;
  }
}
