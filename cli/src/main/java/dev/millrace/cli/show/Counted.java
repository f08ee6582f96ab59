package dev.millrace.cli.show;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
public final class Counted {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Counted() {}

  /** {@code 1,234,567}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 event}, {@code 2 events}, {@code 3 batches}: an English noun in the right number. */
  public static String of(long count, String singular) {
    return number(count) + " " + (count == 1 ? singular : plural(singular));
  }

  /** {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    double shown = bytes;
    int unit = 0;
    while (shown >= 1024 && unit < UNITS.length - 1) {
      shown /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", shown, UNITS[unit]);
  }

  /** {@code 0.42 s}, {@code 10 s}, {@code 12.3 s}, {@code 3 min 20 s}. */
  public static String time(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0 && time.toNanosPart() == 0) {
      return time.toSeconds() + " s";
    }
    double seconds = time.toNanos() / 1e9;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    String minutes = time.toMinutes() + " min";
    return time.toSecondsPart() == 0 ? minutes : minutes + " " + time.toSecondsPart() + " s";
  }

  /** How many a second, {@code 12,345}. */
  public static String perSecond(long count, Duration time) {
    return number(Math.round(count / Math.max(1e-9, time.toNanos() / 1e9)));
  }

  private static String plural(String noun) {
    if (noun.endsWith("ch") || noun.endsWith("s") || noun.endsWith("x")) {
      return noun + "es";
    }
    if (noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + "s";
  }
}
