package dev.millrace.publisher;

import java.time.Duration;

/** What a call does when the queue is full. */
public sealed interface WhenFull {
  /** Refuses the event, at once: what is done unless set, where there is no spool. */
  static WhenFull refuse() {
    return new Refuse();
  }

  /**
   * Waits for room, then refuses the event. An interrupt ends the wait and stays set.
   *
   * @param patience above zero
   */
  static WhenFull blockUpTo(Duration patience) {
    return new Block(patience);
  }

  /** Writes the event to the spool: what is done unless set, where there is one. */
  static WhenFull spool() {
    return new ToSpool();
  }

  /** See {@link #refuse}. */
  record Refuse() implements WhenFull {}

  /** See {@link #blockUpTo}. */
  record Block(Duration patience) implements WhenFull {
    public Block {
      if (patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException("patience must be above zero: " + patience);
      }
    }
  }

  /** See {@link #spool}. */
  record ToSpool() implements WhenFull {}
}
