package dev.millrace.loader.replay;

import java.io.IOException;

/** Batches to load again. Thread-safe. */
public interface ReplaySource {
  /** Is shown one batch after the other. */
  @FunctionalInterface
  interface Visitor {
    void batch(Replayable batch) throws IOException;
  }

  /**
   * Shows every batch, older ones first as far as the place gives them in that order. However many
   * there are, only some of them are in memory at once.
   */
  void list(Visitor visitor) throws IOException;

  /** How many batches are looked at together, before the first of them is loaded. */
  int page();
}
