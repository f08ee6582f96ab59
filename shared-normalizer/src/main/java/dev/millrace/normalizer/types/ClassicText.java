package dev.millrace.normalizer.types;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grammar B of spec 3.2, such as {@code 2024/05/01 10:20:30}. It is a regular expression because
 * its meaning hangs on where backtracking ends: {@code 202412210:20:30} is 21 December, 00:20:30.
 */
final class ClassicText {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "((?<year>\\d{4})([/:]?(?<month>\\d{2})[/:]?(?<day>\\d{2}))?)?"
              + "(?<time> ?(?<hour>\\d{1,2}):(?<minute>\\d{1,2})?(:(?<second>\\d{1,2}))?"
              + "([.|,](?<fraction>\\d{1,9}))?)?");

  /** Nothing longer matches; it spares long texts the copy. */
  private static final int LONGEST = 40;

  private ClassicText() {}

  static DateTimeText parse(String text) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
      return null;
    }
    String ascii = PythonText.asciiDigits(text);
    if (ascii == null) {
      return null;
    }
    Matcher match = GRAMMAR.matcher(ascii);
    if (!match.matches()) {
      return null;
    }
    Integer epochDay = null;
    if (match.group("year") != null) {
      int year = number(match, "year", 0);
      int month = number(match, "month", 1);
      int day = number(match, "day", 1);
      if (!CivilDate.exists(year, month, day)) {
        return null;
      }
      epochDay = CivilDate.epochDay(year, month, day);
    }
    if (match.group("time") == null) {
      return new DateTimeText(epochDay, null, 0);
    }
    if (match.group("minute") == null) {
      return null;
    }
    Long microOfDay =
        IsoText.microOfDay(
            number(match, "hour", 0),
            number(match, "minute", 0),
            number(match, "second", 0),
            match.group("fraction"));
    return microOfDay == null ? null : new DateTimeText(epochDay, microOfDay, 0);
  }

  private static int number(Matcher match, String group, int absent) {
    String digits = match.group(group);
    return digits == null ? absent : Integer.parseInt(digits);
  }
}
