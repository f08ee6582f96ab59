package dev.millrace.normalizer.json;

import dev.millrace.normalizer.BadReason;

/**
 * How many keys of an event may be kept in mind at once: memory that follows from the number of an
 * event's keys and not from its length. An event of 1 MiB can't have as many.
 */
public final class KeyLimit {
  private static final int MAX = 200_000;

  private KeyLimit() {}

  /**
   * Demands that so many keys are not too many.
   *
   * @param position of the last one
   */
  public static void check(int keys, int position) throws BadValueException {
    if (keys > MAX) {
      throw new BadValueException(
          BadReason.TOO_LARGE, position, "more than %,d keys".formatted(MAX));
    }
  }
}
