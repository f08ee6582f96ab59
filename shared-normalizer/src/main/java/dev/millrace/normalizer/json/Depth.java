package dev.millrace.normalizer.json;

import dev.millrace.normalizer.BadReason;

/** How deep containers may be nested (M16): BigQuery's JSON type ends at 500. */
public final class Depth {
  /** Levels, the event itself being the first. */
  public static final int MAX = 400;

  private Depth() {}

  public static BadValueException exceeded(int position) {
    return new BadValueException(
        BadReason.TOO_DEEP, position, "nested deeper than " + MAX + " levels");
  }
}
