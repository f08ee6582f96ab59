package dev.millrace.collector;

import dev.millrace.collector.http.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came of events and requests since the start. Thread-safe. */
public final class Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder retriedRequests = new LongAdder();
  private final LongAdder acceptedEvents = new LongAdder();
  private final LongAdder suppressedEvents = new LongAdder();
  private final Map<Refusal, LongAdder> refusedEvents = new EnumMap<>(Refusal.class);
  private final Map<Refusal, LongAdder> refusedRequests = new EnumMap<>(Refusal.class);

  Tally() {
    for (Refusal refusal : Refusal.values()) {
      refusedEvents.put(refusal, new LongAdder());
      refusedRequests.put(refusal, new LongAdder());
    }
  }

  void request(boolean retried) {
    requests.increment();
    if (retried) {
      retriedRequests.increment();
    }
  }

  void accepted(int events) {
    acceptedEvents.add(events);
  }

  void suppressed(int events) {
    suppressedEvents.add(events);
  }

  void refusedEvent(Refusal reason) {
    refusedEvents.get(reason).increment();
  }

  void refusedRequest(Refusal reason) {
    refusedRequests.get(reason).increment();
  }

  /** Events that the topic has acknowledged. */
  public long acceptedEvents() {
    return acceptedEvents.sum();
  }

  /** Events of users that must not be stored. */
  public long suppressedEvents() {
    return suppressedEvents.sum();
  }

  /** Events that are dead letters for this reason. */
  public long refusedEvents(Refusal reason) {
    return refusedEvents.get(reason).sum();
  }

  /** Requests that were refused as a whole for this reason. */
  public long refusedRequests(Refusal reason) {
    return refusedRequests.get(reason).sum();
  }

  /** Requests that bring events, whatever came of them. */
  public long requests() {
    return requests.sum();
  }

  /** Those of them that their library says it sends again. */
  public long retriedRequests() {
    return retriedRequests.sum();
  }

  /** One line for the log: names and numbers, without those that are 0. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("requests=" + requests());
    append(line, "retried", retriedRequests());
    append(line, "accepted", acceptedEvents());
    append(line, "suppressed", suppressedEvents());
    refusedEvents.forEach((reason, count) -> append(line, "refused." + reason.code(), count.sum()));
    refusedRequests.forEach(
        (reason, count) -> append(line, "refused_requests." + reason.code(), count.sum()));
    return line.toString();
  }

  private static void append(StringBuilder line, String name, long count) {
    if (count > 0) {
      line.append(' ').append(name).append('=').append(count);
    }
  }
}
