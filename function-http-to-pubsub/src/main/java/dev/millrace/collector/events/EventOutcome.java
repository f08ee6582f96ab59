package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;

/** What becomes of an event at the door. */
public sealed interface EventOutcome {
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
