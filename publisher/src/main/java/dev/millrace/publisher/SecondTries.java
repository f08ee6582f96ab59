package dev.millrace.publisher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that failed and are sent again together, after a pause that doubles while no event gets
 * through. Not thread-safe.
 */
final class SecondTries {
  private static final int MOST_DOUBLINGS = 6;

  private final Duration firstPause;
  private List<PendingEvent> events = new ArrayList<>();
  private Deadline notBefore;
  private int rounds;

  /**
   * @param firstPause the longest is 64 times that
   */
  SecondTries(Duration firstPause) {
    this.firstPause = firstPause;
  }

  void add(PendingEvent event) {
    if (events.isEmpty()) {
      notBefore = Deadline.in(firstPause.multipliedBy(1L << Math.min(rounds, MOST_DOUBLINGS)));
      rounds++;
    }
    events.add(event);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** How long until the next round; only if there are events. */
  Duration pause() {
    return notBefore.remaining();
  }

  boolean isDue() {
    return !events.isEmpty() && pause().isZero();
  }

  List<PendingEvent> take() {
    List<PendingEvent> taken = events;
    events = new ArrayList<>();
    return taken;
  }

  /** The broker takes events again. */
  void reset() {
    rounds = 0;
  }
}
