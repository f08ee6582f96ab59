package dev.millrace.tests.bigquery.faults;

import java.util.ArrayList;
import java.util.List;

/** Every call in the order in which it came in. Thread-safe. */
public final class CallLog {
  private final List<Call> calls = new ArrayList<>();

  /** Notes a call that has come in, before it is answered. Returns its number. */
  public synchronized int begin(CallKind kind, String target, String jobId) {
    int number = calls.size() + 1;
    calls.add(new Call(number, kind, target, jobId, 0, ""));
    return number;
  }

  /** Notes how a call was answered; nothing if the log was cleared in between. */
  public synchronized void end(int number, int status, String fault) {
    if (number <= calls.size()) {
      Call call = calls.get(number - 1);
      calls.set(
          number - 1, new Call(number, call.kind(), call.target(), call.jobId(), status, fault));
    }
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  public synchronized void clear() {
    calls.clear();
  }
}
