package dev.millrace.loader.replay;

import dev.millrace.loader.LoadReport;
import java.time.Instant;

/** Is told how a replay goes on, by one thread at a time. */
public interface ReplayListener {
  /** Nobody. */
  ReplayListener NONE = new ReplayListener() {};

  /**
   * Something was done.
   *
   * @param total batches that are to be looked at
   * @param soFar what became of those that were
   */
  default void progress(long total, ReplayReport soFar) {}

  /** A batch was loaded. */
  default void loaded(LoadReport report) {}

  /** Loading stands still until a time, for the day's quota is used up. */
  default void waiting(Instant until) {}
}
