package dev.millrace.tests.emulator;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Which requests {@link FaultyProxy} disturbs, and how. Called by many threads. */
@FunctionalInterface
public interface FaultPlan {
  FaultPlan NO_FAULTS = request -> Fault.NONE;

  Fault of(Request request);

  /**
   * A request that came to the proxy.
   *
   * @param number of requests that came before it under the same plan
   * @param target its path and query, as they were sent
   */
  record Request(int number, String method, String target) {}

  /** Disturbs every request of a kind. */
  static FaultPlan always(Predicate<Request> which, Fault fault) {
    return request -> which.test(request) ? fault : Fault.NONE;
  }

  /** Disturbs the first request of a kind. */
  static FaultPlan once(Predicate<Request> which, Fault fault) {
    AtomicBoolean done = new AtomicBoolean();
    return request -> which.test(request) && done.compareAndSet(false, true) ? fault : Fault.NONE;
  }
}
