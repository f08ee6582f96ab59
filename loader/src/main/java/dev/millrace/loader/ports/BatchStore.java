package dev.millrace.loader.ports;

import java.util.Objects;

/**
 * The three places where a batch's bytes lie.
 *
 * @param landing batch objects, read only
 * @param staging load packages
 * @param state the schema object and other small objects
 */
public record BatchStore(Landing landing, Staging staging, State state) {
  public BatchStore {
    Objects.requireNonNull(landing, "landing");
    Objects.requireNonNull(staging, "staging");
    Objects.requireNonNull(state, "state");
  }

  /** The same, reading batch objects from elsewhere. */
  public BatchStore withLanding(Landing other) {
    return new BatchStore(other, staging, state);
  }
}
