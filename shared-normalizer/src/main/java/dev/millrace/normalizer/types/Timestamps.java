package dev.millrace.normalizer.types;

import java.nio.charset.StandardCharsets;

/**
 * Which texts are timestamps (spec 3.2, departure M6), and when. An instant is microseconds since
 * 1970 UTC within the years 1 to 9999.
 */
public final class Timestamps {
  /** What a text is that names no instant that can be stored. */
  public static final long NOT_A_TIMESTAMP = Long.MIN_VALUE;

  static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MIN_MICROS = CivilDate.epochDay(1, 1, 1) * MICROS_PER_DAY;
  private static final long MAX_MICROS =
      (CivilDate.epochDay(9999, 12, 31) + 1) * MICROS_PER_DAY - 1;

  private static final long UNUSUAL = Long.MIN_VALUE + 1;

  /** {@code 20241:2}: year, hour, minute. */
  private static final int SHORTEST = 7;

  private Timestamps() {}

  /**
   * The instant of a text that has date and time, as a new column looks for it; {@link
   * #NOT_A_TIMESTAMP} for every other text.
   */
  public static long detect(String text) {
    DateTimeText parsed = mayBeDate(text) ? DateTimeText.parse(text) : null;
    return parsed == null || parsed.microOfDay() == null ? NOT_A_TIMESTAMP : parsed.epochMicros();
  }

  /**
   * As {@link #detect(String)} for UTF-8 bytes. Allocates nothing for the usual {@code
   * YYYY-MM-DDTHH:MM:SS[.f…](Z|±HH:MM)}, nor for a text that does not start with a digit.
   *
   * @param to end, exclusive
   */
  public static long detect(byte[] bytes, int from, int to) {
    if (to - from < SHORTEST || bytes[from] >= 0 && !isDigit(bytes[from])) {
      return NOT_A_TIMESTAMP;
    }
    long usual = usual(bytes, from, to);
    return usual == UNUSUAL
        ? detect(new String(bytes, from, to - from, StandardCharsets.UTF_8))
        : usual;
  }

  /** Whether a text is a date without a time, in any of the forms of the grammars. */
  static boolean isDate(String text) {
    DateTimeText parsed = DateTimeText.parse(text);
    return parsed != null && parsed.epochDay() != null && parsed.microOfDay() == null;
  }

  /**
   * The instant of a text that enters an existing timestamp or date column (spec 3.3): also a date
   * alone, at midnight, and else what Python's {@code float} reads, as seconds since 1970.
   */
  public static long lenient(String text) {
    DateTimeText parsed = DateTimeText.parse(text);
    if (parsed != null) {
      return parsed.epochMicros();
    }
    Double seconds = PythonNumbers.parseFloat(text);
    return seconds == null ? NOT_A_TIMESTAMP : ofSeconds(seconds);
  }

  /**
   * The time of day, in microseconds since midnight UTC, of a text that enters a time column;
   * {@link #NOT_A_TIMESTAMP} if it is none.
   */
  public static long timeOfDay(String text) {
    DateTimeText parsed = DateTimeText.parse(text);
    return parsed == null ? NOT_A_TIMESTAMP : parsed.utcMicroOfDay();
  }

  /** The instant of whole seconds since 1970. */
  public static long ofSeconds(long seconds) {
    boolean fits =
        seconds >= MIN_MICROS / MICROS_PER_SECOND && seconds <= MAX_MICROS / MICROS_PER_SECOND;
    return fits ? seconds * MICROS_PER_SECOND : NOT_A_TIMESTAMP;
  }

  /** The instant of seconds since 1970, rounded to microseconds, halves to even. */
  public static long ofSeconds(double seconds) {
    double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
    if (!(Math.abs(whole) < 1e12)) {
      return NOT_A_TIMESTAMP;
    }
    long micros = (long) Math.rint((seconds - whole) * MICROS_PER_SECOND);
    return inYears((long) whole * MICROS_PER_SECOND + micros);
  }

  static long inYears(long micros) {
    return micros >= MIN_MICROS && micros <= MAX_MICROS ? micros : NOT_A_TIMESTAMP;
  }

  /** A cheap look that spares most texts the grammars. */
  private static boolean mayBeDate(String text) {
    return text.length() >= SHORTEST
        && PythonText.isDecimalDigit(text.codePointAt(0))
        && (text.indexOf(':') > 0 || text.indexOf('T') > 0 || text.indexOf(' ') > 0);
  }

  private static long usual(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < 19
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-'
        || bytes[from + 10] != 'T' && bytes[from + 10] != ' '
        || bytes[from + 13] != ':'
        || bytes[from + 16] != ':') {
      return UNUSUAL;
    }
    int year = two(bytes, from) * 100 + two(bytes, from + 2);
    int month = two(bytes, from + 5);
    int day = two(bytes, from + 8);
    int hour = two(bytes, from + 11);
    int minute = two(bytes, from + 14);
    int second = two(bytes, from + 17);
    boolean inRange =
        CivilDate.exists(year, month, day)
            && (hour | minute | second) >= 0
            && hour <= 23
            && minute <= 59
            && second <= 59;
    if (!inRange) {
      return UNUSUAL;
    }
    long micros =
        CivilDate.epochDay(year, month, day) * MICROS_PER_DAY
            + ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND;
    int at = from + 19;
    if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
      int first = ++at;
      int unit = 100_000;
      while (at < to && isDigit(bytes[at])) {
        micros += (long) (bytes[at++] - '0') * unit;
        unit /= 10;
      }
      if (at == first) {
        return UNUSUAL;
      }
    }
    return withOffset(bytes, at, to, micros);
  }

  private static long withOffset(byte[] bytes, int at, int to, long micros) {
    if (at == to || bytes[at] == 'Z' && at + 1 == to) {
      return micros;
    }
    boolean ahead = bytes[at] == '+';
    if (to - at != 6 || bytes[at + 3] != ':' || !ahead && bytes[at] != '-') {
      return UNUSUAL;
    }
    int hours = two(bytes, at + 1);
    int minutes = two(bytes, at + 4);
    if (hours < 0 || hours > 22 || minutes < 0) {
      return UNUSUAL;
    }
    long offset = (hours * 60L + minutes) * 60 * MICROS_PER_SECOND;
    return inYears(ahead ? micros - offset : micros + offset);
  }

  /** The number of two digits; far below zero if they aren't. */
  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    boolean digits = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return digits ? tens * 10 + ones : -10_000;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }
}
