package dev.millrace.normalizer.types;

/**
 * What a text says in one of the grammars of dates and times (spec 3.2).
 *
 * @param epochDay days since 1970; null where the text has no date
 * @param microOfDay microseconds since midnight, before the offset; null where the text has no time
 * @param offsetMinutes minutes ahead of UTC; 0 where the text names no offset
 */
record DateTimeText(Integer epochDay, Long microOfDay, int offsetMinutes) {
  private static final long MICROS_PER_MINUTE = 60_000_000L;
  private static final int MINUTES_PER_DAY = 24 * 60;

  /** What {@code text} says, or null if neither grammar takes it. */
  static DateTimeText parse(String text) {
    DateTimeText iso = IsoText.parse(text);
    return iso != null ? iso : ClassicText.parse(text);
  }

  /**
   * The instant in microseconds since 1970 UTC, a date alone at midnight; see {@link Timestamps}.
   */
  long epochMicros() {
    if (epochDay == null || !offsetIsUsable()) {
      return Timestamps.NOT_A_TIMESTAMP;
    }
    long local = epochDay * Timestamps.MICROS_PER_DAY + (microOfDay == null ? 0 : microOfDay);
    return Timestamps.inYears(local - offsetMinutes * MICROS_PER_MINUTE);
  }

  /** The time of day in UTC, or {@link Timestamps#NOT_A_TIMESTAMP}. */
  long utcMicroOfDay() {
    if (epochDay != null || microOfDay == null || !offsetIsUsable()) {
      return Timestamps.NOT_A_TIMESTAMP;
    }
    return Math.floorMod(microOfDay - offsetMinutes * MICROS_PER_MINUTE, Timestamps.MICROS_PER_DAY);
  }

  private boolean offsetIsUsable() {
    return Math.abs(offsetMinutes) < MINUTES_PER_DAY;
  }
}
