package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;

/** What becomes of an event at the door. */
public sealed interface EventOutcome {
  /** How many bytes of it go anywhere. */
  default int bytes() {
    if (this instanceof Accepted accepted) {
      return accepted.json().length;
    }
    return this instanceof Refused refused ? refused.raw().length : 0;
  }

  /**
   * It goes to the topic.
   *
   * @param json UTF-8, not shared
   */
  record Accepted(byte[] json) implements EventOutcome {}

  /**
   * It goes to the dead letters.
   *
   * @param raw as it was sent
   */
  record Refused(Refusal reason, byte[] raw) implements EventOutcome {}

  /** It is of somebody whose events must not be stored, and is gone. */
  record Suppressed() implements EventOutcome {}
}
