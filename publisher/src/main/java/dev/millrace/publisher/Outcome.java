package dev.millrace.publisher;

import java.util.Objects;

/** What a call to publish came to, known when it returns. */
public sealed interface Outcome {
  /** It is queued, and will be delivered or reported as dropped. */
  record Accepted() implements Outcome {}

  /**
   * It isn't queued, and will not be delivered.
   *
   * @param detail a sentence for a person, without the event's values
   */
  record Refused(Reason reason, String detail) implements Outcome {
    public Refused {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /** Why a call is refused. */
  enum Reason {
    /** As many events, or bytes, wait as may wait. */
    QUEUE_FULL,
    /** The event is larger than one event may be. */
    TOO_LARGE,
    /** A value can't be written as JSON, or the event has no name. */
    INVALID,
    /** The publisher is closed. */
    CLOSED
  }
}
