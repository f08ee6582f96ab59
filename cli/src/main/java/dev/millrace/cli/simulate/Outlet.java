package dev.millrace.cli.simulate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where simulated events go. Used by one thread. */
public interface Outlet {
  /** Sends an event; waits while too many are on their way. */
  void send(Map<String, Object> event) throws InterruptedException;

  /** Sends bytes as they are, good or not; waits while too many are on their way. */
  void sendRaw(byte[] payload) throws InterruptedException;

  /** How many events are safe at the other end so far. */
  long acknowledged();

  /** Why the first event that was given up was given up, if there is one. */
  Optional<String> trouble();

  /** Waits until every event is acknowledged or given up, at most so long, and closes. */
  Result finish(Duration patience);

  /**
   * What became of the events.
   *
   * @param failed events that were given up, or were not acknowledged in time
   * @param reason why, of the first of these; null if there is none
   */
  record Result(long acknowledged, long failed, String reason) {}
}
