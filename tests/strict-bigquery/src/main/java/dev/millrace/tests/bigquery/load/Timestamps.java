package dev.millrace.tests.bigquery.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as load jobs read them from JSON (docs page "Loading JSON data from Cloud
 * Storage", details of loading: data types; canonical formats on "Data types"). Each method returns
 * null for a text that is none.
 */
final class Timestamps {
  private static final Pattern MOMENT =
      Pattern.compile(
          "(\\d{4})([-/])(\\d{1,2})\\2(\\d{1,2})(?:[Tt ](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,6}))?)?)?"
              + " ?(?:([Zz]|UTC)|([+-])(\\d{1,2})(?::(\\d{2}))?)?");
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?");
  private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime END = LocalDateTime.of(10_000, 1, 1, 0, 0);

  private Timestamps() {}

  /** Microseconds of the epoch; without a zone the text is UTC's. */
  static Long timestamp(String text) {
    Matcher m = MOMENT.matcher(text);
    if (!m.matches()) {
      return null;
    }
    try {
      LocalDateTime local = dateTime(m);
      if (m.group(10) != null) {
        int minutes = number(m.group(11)) * 60 + number(m.group(12));
        if (minutes > 14 * 60) {
          return null;
        }
        local = m.group(10).equals("+") ? local.minusMinutes(minutes) : local.plusMinutes(minutes);
      }
      return inRange(local) ? Long.valueOf(micros(local)) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Microseconds of the epoch, from seconds. */
  static Long timestamp(BigDecimal seconds) {
    BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP);
    boolean inRange =
        micros.compareTo(BigDecimal.valueOf(micros(FIRST))) >= 0
            && micros.compareTo(BigDecimal.valueOf(micros(END))) < 0;
    return inRange ? Long.valueOf(micros.longValueExact()) : null;
  }

  /** Microseconds of the epoch, as if the wall clock were UTC's. */
  static Long dateTime(String text) {
    Matcher m = MOMENT.matcher(text);
    if (!m.matches() || m.group(9) != null || m.group(10) != null || m.group(2).equals("/")) {
      return null;
    }
    try {
      LocalDateTime local = dateTime(m);
      return inRange(local) ? Long.valueOf(micros(local)) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  static LocalDate date(String text) {
    Matcher m = DATE.matcher(text);
    try {
      return m.matches() && number(m.group(1)) > 0 ? date(m, 1, 2, 3) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  static LocalTime time(String text) {
    Matcher m = TIME.matcher(text);
    try {
      return m.matches() ? time(m, 1) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static LocalDateTime dateTime(Matcher m) {
    return LocalDateTime.of(date(m, 1, 3, 4), m.group(5) == null ? LocalTime.MIN : time(m, 5));
  }

  private static LocalDate date(Matcher m, int year, int month, int day) {
    return LocalDate.of(number(m.group(year)), number(m.group(month)), number(m.group(day)));
  }

  private static LocalTime time(Matcher m, int hour) {
    String fraction = m.group(hour + 3);
    int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    return LocalTime.of(
        number(m.group(hour)), number(m.group(hour + 1)), number(m.group(hour + 2)), nanos);
  }

  private static boolean inRange(LocalDateTime local) {
    return !local.isBefore(FIRST) && local.isBefore(END);
  }

  private static long micros(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + local.getNano() / 1_000;
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
