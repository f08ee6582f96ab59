package dev.millrace.normalizer.types;

/**
 * The proleptic Gregorian calendar in whole numbers: no allocation, so it may be on the hot path.
 */
final class CivilDate {
  static final int MIN_YEAR = 1;
  static final int MAX_YEAR = 9999;

  private static final int DAYS_IN_400_YEARS = 146_097;
  private static final int DAYS_FROM_MARCH_0000_TO_1970 = 719_468;

  private CivilDate() {}

  static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  static int daysInMonth(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  static boolean exists(int year, int month, int day) {
    return year >= MIN_YEAR
        && year <= MAX_YEAR
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= daysInMonth(year, month);
  }

  /** Days since 1 January 1970. Years begin in March here, so that a leap day is a year's last. */
  static int epochDay(int year, int month, int day) {
    int marchYear = month > 2 ? year : year - 1;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_IN_400_YEARS + dayOfEra - DAYS_FROM_MARCH_0000_TO_1970;
  }

  /** The date of a day since 1 January 1970: {@code year << 16 | month << 8 | day}. */
  static int ofEpochDay(int epochDay) {
    int days = epochDay + DAYS_FROM_MARCH_0000_TO_1970;
    int era = Math.floorDiv(days, DAYS_IN_400_YEARS);
    int dayOfEra = days - era * DAYS_IN_400_YEARS;
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_IN_400_YEARS - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 16 | month << 8 | day;
  }
}
