package dev.millrace.tests.bigquery.faults;

import dev.millrace.tests.bigquery.error.Reason;
import java.time.Duration;
import java.util.Objects;

/** A way to answer badly. */
public sealed interface Misbehaviour {
  /** Whether the call's work is done all the same. */
  enum Moment {
    BEFORE_WORK,
    AFTER_WORK
  }

  /** An error for an answer. */
  record Refuse(Moment moment, Reason reason, int status) implements Misbehaviour {
    public Refuse {
      Objects.requireNonNull(moment, "moment");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** No answer: the connection is closed. */
  record HangUp(Moment moment) implements Misbehaviour {
    public HangUp {
      Objects.requireNonNull(moment, "moment");
    }
  }

  /** The work is done, the connection closed in the middle of the answer. */
  record CutAnswer() implements Misbehaviour {}

  /** Everything as it should be, but so much later. */
  record Delay(Duration time) implements Misbehaviour {}

  /** The job that the call inserts ends DONE with this error, and does nothing. */
  record FailJob(Reason reason) implements Misbehaviour {}

  /** The job that the call inserts takes so much longer. */
  record SlowJob(Duration time) implements Misbehaviour {}

  static Misbehaviour refuseBefore(Reason reason) {
    return new Refuse(Moment.BEFORE_WORK, reason, reason.status());
  }

  static Misbehaviour refuseAfter(Reason reason) {
    return new Refuse(Moment.AFTER_WORK, reason, reason.status());
  }

  static Misbehaviour hangUpBefore() {
    return new HangUp(Moment.BEFORE_WORK);
  }

  static Misbehaviour hangUpAfter() {
    return new HangUp(Moment.AFTER_WORK);
  }

  static Misbehaviour cutAnswer() {
    return new CutAnswer();
  }

  static Misbehaviour delay(Duration time) {
    return new Delay(time);
  }

  static Misbehaviour failJob(Reason reason) {
    return new FailJob(reason);
  }

  static Misbehaviour slowJob(Duration time) {
    return new SlowJob(time);
  }
}
