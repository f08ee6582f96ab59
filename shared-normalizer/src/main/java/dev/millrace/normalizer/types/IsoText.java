package dev.millrace.normalizer.types;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grammar A of spec 3.2: ISO 8601 as dlt's parser takes it. ASCII digits only. */
final class IsoText {
  private static final Pattern EXTENDED_DATE =
      Pattern.compile(
          "(?<year>[0-9]{4})-(?:(?<month>[0-9]{2})(?:-(?<day>[0-9]{2}))?"
              + "|W(?<week>[0-9]{2})(?:-(?<weekday>[0-9]))?|(?<ordinal>[0-9]{3}))");
  private static final Pattern BASIC_DATE =
      Pattern.compile(
          "(?<year>[0-9]{4})(?:(?<month>[0-9]{2})(?<day>[0-9]{2})"
              + "|W(?<week>[0-9]{2})(?<weekday>[0-9])?|(?<ordinal>[0-9]{3}))");

  private static final String OFFSET =
      "(?<offset>Z|(?<sign>[+-])(?<ahead>[0-9]{2}):?(?<minutes>[0-9]{2})?)?";
  private static final Pattern EXTENDED_TIME =
      Pattern.compile(
          "(?<hour>[0-9]{2})(?::(?<minute>[0-9]{2})"
              + "(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?)?"
              + OFFSET);
  private static final Pattern BASIC_TIME =
      Pattern.compile(
          "(?<hour>[0-9]{2})(?::?(?<minute>[0-9]{2})"
              + "(?:(?<=[0-9]{4})(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?)?"
              + OFFSET);

  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int FRACTION_DIGITS = 6;

  private IsoText() {}

  static DateTimeText parse(String text) {
    int separator = 0;
    while (separator < text.length()
        && text.charAt(separator) != 'T'
        && text.charAt(separator) != ' ') {
      separator++;
    }
    if (separator == text.length()) {
      return text.indexOf(':') == 2 ? time(EXTENDED_TIME, text, null) : date(text);
    }
    String clock = text.substring(separator + 1);
    if (separator == 0) {
      return text.charAt(0) == 'T' ? time(BASIC_TIME, clock, null) : null;
    }
    DateTimeText date = date(text.substring(0, separator));
    if (date == null) {
      return null;
    }
    Pattern style = text.charAt(4) == '-' ? EXTENDED_TIME : BASIC_TIME;
    return time(style, clock, date.epochDay());
  }

  private static DateTimeText date(String text) {
    if (text.length() < 7 || text.length() > 10) {
      return null;
    }
    Matcher match = (text.charAt(4) == '-' ? EXTENDED_DATE : BASIC_DATE).matcher(text);
    if (!match.matches()) {
      return null;
    }
    Integer epochDay = epochDay(match);
    return epochDay == null ? null : new DateTimeText(epochDay, null, 0);
  }

  private static Integer epochDay(Matcher match) {
    int year = number(match, "year", 0);
    if (match.group("week") != null) {
      return ofWeek(year, number(match, "week", 0), number(match, "weekday", 1));
    }
    if (match.group("ordinal") != null) {
      int ordinal = number(match, "ordinal", 0);
      boolean exists = year > 0 && ordinal > 0 && ordinal <= daysInYear(year);
      return exists ? Integer.valueOf(CivilDate.epochDay(year, 1, 1) + ordinal - 1) : null;
    }
    int month = number(match, "month", 1);
    int day = number(match, "day", 1);
    return CivilDate.exists(year, month, day)
        ? Integer.valueOf(CivilDate.epochDay(year, month, day))
        : null;
  }

  /**
   * Week 0 and day 0 are taken arithmetically: the week before the first, the day before Monday.
   */
  private static Integer ofWeek(int year, int week, int weekday) {
    if (week > weeksInYear(year) || weekday > 7) {
      return null;
    }
    int epochDay = mondayOfFirstWeek(year) + 7 * (week - 1) + weekday - 1;
    int yearThere = CivilDate.ofEpochDay(epochDay) >> 16;
    boolean exists = yearThere >= CivilDate.MIN_YEAR && yearThere <= CivilDate.MAX_YEAR;
    return exists && year > 0 ? Integer.valueOf(epochDay) : null;
  }

  private static int weeksInYear(int year) {
    return (mondayOfFirstWeek(year + 1) - mondayOfFirstWeek(year)) / 7;
  }

  private static int mondayOfFirstWeek(int year) {
    int fourth = CivilDate.epochDay(year, 1, 4);
    // Day 0 is 1 January 1970, a Thursday.
    return fourth - Math.floorMod(fourth + 3, 7);
  }

  private static int daysInYear(int year) {
    return CivilDate.isLeap(year) ? 366 : 365;
  }

  private static DateTimeText time(Pattern style, String text, Integer epochDay) {
    Matcher match = style.matcher(text);
    if (!match.matches()) {
      return null;
    }
    Long microOfDay =
        microOfDay(
            number(match, "hour", 0),
            number(match, "minute", 0),
            number(match, "second", 0),
            match.group("fraction"));
    int offset = number(match, "ahead", 0) * 60 + number(match, "minutes", 0);
    boolean behind = "-".equals(match.group("sign"));
    if (microOfDay == null || !behind && offset > MINUTES_PER_DAY) {
      return null;
    }
    return new DateTimeText(epochDay, microOfDay, behind ? -offset : offset);
  }

  /**
   * Microseconds since midnight, digits of {@code fraction} beyond six cut; null if out of range.
   */
  static Long microOfDay(int hour, int minute, int second, String fraction) {
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long micros = ((hour * 60L + minute) * 60 + second) * 1_000_000;
    if (fraction != null) {
      int digits = Math.min(fraction.length(), FRACTION_DIGITS);
      micros +=
          Long.parseLong(fraction.substring(0, digits) + "0".repeat(FRACTION_DIGITS - digits));
    }
    return micros;
  }

  private static int number(Matcher match, String group, int absent) {
    String digits = match.group(group);
    return digits == null ? absent : Integer.parseInt(digits);
  }
}
