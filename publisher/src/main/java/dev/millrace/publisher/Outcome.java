package dev.millrace.publisher;

import java.util.Objects;

/** What a call to publish came to, known when it returns. */
public sealed interface Outcome {
  /**
   * It is queued in memory, and will be delivered or reported as dropped. The end of the process
   * without {@link Publisher#close} loses it.
   */
  record Accepted() implements Outcome {}

  /**
   * It is in the spool on disk, and will be delivered: by this process, or by the next one that
   * opens the folder. It survives what the spool's settings say.
   */
  record Spooled() implements Outcome {}

  /**
   * It isn't kept, and will not be delivered.
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
    /** It had to go to the spool, which is full or can't be written. */
    SPOOL_FULL,
    /** The event is larger than one event may be. */
    TOO_LARGE,
    /** A value can't be written as JSON, or the call lacks what its kind needs. */
    INVALID,
    /** The publisher is closed. */
    CLOSED
  }
}
