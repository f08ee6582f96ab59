package dev.millrace.cli.catalog;

import dev.millrace.cli.page.Markup;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the page shows them, in UTC. */
final class Moment {
  private static final DateTimeFormatter DAY = formatter("d MMM yyyy");
  private static final DateTimeFormatter DATE = formatter("yyyy-MM-dd");
  private static final DateTimeFormatter MINUTE = formatter("d MMM yyyy, HH:mm 'UTC'");

  private Moment() {}

  /** {@code 24 Nov 2026}. */
  static Markup day(Instant at) {
    return time(DAY, at, DATE.format(at), null);
  }

  /** The same; the load id shows where the pointer rests. */
  static Markup day(FirstSeen seen) {
    return time(DAY, seen.at(), DATE.format(seen.at()), "Load " + seen.loadId());
  }

  /** {@code 24 Nov 2026, 12:45 UTC}. */
  static Markup minute(Instant at) {
    return time(MINUTE, at, at.toString(), null);
  }

  private static Markup time(DateTimeFormatter form, Instant at, String forMachines, String title) {
    return new Markup().element("time", form.format(at), "datetime", forMachines, "title", title);
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
