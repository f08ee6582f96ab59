package dev.millrace.normalizer.types;

/** Instants, days and times of day as parts hold them. Allocates nothing. */
public final class TimestampFormat {
  /** Length of {@code YYYY-MM-DDTHH:MM:SS.ffffffZ}. */
  public static final int TIMESTAMP_LENGTH = 27;

  /** Length of {@code YYYY-MM-DD}. */
  public static final int DATE_LENGTH = 10;

  /** Length of {@code HH:MM:SS.ffffff}. */
  public static final int TIME_LENGTH = 15;

  private TimestampFormat() {}

  /**
   * Writes {@code YYYY-MM-DDTHH:MM:SS.ffffffZ}.
   *
   * @param micros microseconds since 1970 UTC, within the years 1 to 9999
   */
  public static void writeTimestamp(long micros, byte[] target, int offset) {
    long day = Math.floorDiv(micros, Timestamps.MICROS_PER_DAY);
    writeDay((int) day, target, offset);
    target[offset + DATE_LENGTH] = 'T';
    writeTime(micros - day * Timestamps.MICROS_PER_DAY, target, offset + DATE_LENGTH + 1);
    target[offset + TIMESTAMP_LENGTH - 1] = 'Z';
  }

  /** Writes the UTC day of an instant as {@code YYYY-MM-DD}. */
  public static void writeDate(long micros, byte[] target, int offset) {
    writeDay((int) Math.floorDiv(micros, Timestamps.MICROS_PER_DAY), target, offset);
  }

  /**
   * Writes {@code HH:MM:SS.ffffff}.
   *
   * @param microOfDay microseconds since midnight
   */
  public static void writeTime(long microOfDay, byte[] target, int offset) {
    int seconds = (int) (microOfDay / 1_000_000);
    int fraction = (int) (microOfDay - seconds * 1_000_000L);
    two(seconds / 3600, target, offset);
    target[offset + 2] = ':';
    two(seconds / 60 % 60, target, offset + 3);
    target[offset + 5] = ':';
    two(seconds % 60, target, offset + 6);
    target[offset + 8] = '.';
    two(fraction / 10_000, target, offset + 9);
    two(fraction / 100 % 100, target, offset + 11);
    two(fraction % 100, target, offset + 13);
  }

  private static void writeDay(int epochDay, byte[] target, int offset) {
    int date = CivilDate.ofEpochDay(epochDay);
    int year = date >> 16;
    two(year / 100, target, offset);
    two(year % 100, target, offset + 2);
    target[offset + 4] = '-';
    two(date >> 8 & 0xFF, target, offset + 5);
    target[offset + 7] = '-';
    two(date & 0xFF, target, offset + 8);
  }

  private static void two(int number, byte[] target, int offset) {
    target[offset] = (byte) ('0' + number / 10);
    target[offset + 1] = (byte) ('0' + number % 10);
  }
}
