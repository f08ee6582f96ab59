package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Times;
import java.time.Instant;

/** What was asked for of all that there is, in words that a sentence can go on with. */
final class Chosen {
  private Chosen() {}

  /**
   * {@code " of reason malformed since 2026-11-26 10:00:00 UTC"}; empty for all.
   *
   * @param word before the value
   * @param value null for any
   * @param since null for always
   */
  static String words(String word, Object value, Instant since) {
    return (value == null ? "" : " %s %s".formatted(word, value))
        + (since == null ? "" : " since %s UTC".formatted(Times.utc(since)));
  }
}
