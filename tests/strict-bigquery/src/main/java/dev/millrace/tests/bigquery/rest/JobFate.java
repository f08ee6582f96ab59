package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.faults.Misbehaviour;
import java.time.Duration;

/** What a misbehaviour makes of the job that a call begins. */
final class JobFate {
  private JobFate() {}

  /** How much longer the job takes. */
  static Duration extraTime(Misbehaviour misbehaviour) {
    return misbehaviour instanceof Misbehaviour.SlowJob slow ? slow.time() : Duration.ZERO;
  }

  /** Fails the job instead of its work, if it is to fail. */
  static void failIfTold(Misbehaviour misbehaviour) {
    if (misbehaviour instanceof Misbehaviour.FailJob fail) {
      throw new RefusedException(
          fail.reason(), "The job was told to fail: " + fail.reason().code());
    }
  }
}
