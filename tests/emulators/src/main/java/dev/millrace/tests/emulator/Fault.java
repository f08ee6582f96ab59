package dev.millrace.tests.emulator;

import java.time.Duration;

/** What {@link FaultyProxy} does to a request. */
public sealed interface Fault {
  /** Passes it on, and its answer back. */
  record None() implements Fault {}

  /** Cuts the connection and passes nothing on: the request is lost. */
  record CutBefore() implements Fault {}

  /** Passes the request on and cuts the connection: the work is done and the answer lost. */
  record CutAfter() implements Fault {}

  /** Passes the request on and cuts the connection after that many bytes of the answer's body. */
  record CutWithin(int bytes) implements Fault {}

  /** Answers itself and passes nothing on. */
  record Answer(int status, String body) implements Fault {}

  /** Passes the request on and holds the answer back; the proxy's end ends that too. */
  record Delay(Duration by) implements Fault {}

  Fault NONE = new None();
  Fault CUT_BEFORE = new CutBefore();
  Fault CUT_AFTER = new CutAfter();

  /** An answer as Google's APIs give it. */
  static Fault answer(int status, String reason) {
    return new Answer(
        status,
        """
        {"error": {"code": %d, "message": "injected", "errors": [{"reason": "%s", "message": "injected"}]}}
        """
            .formatted(status, reason));
  }
}
