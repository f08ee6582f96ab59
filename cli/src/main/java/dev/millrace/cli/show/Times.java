package dev.millrace.cli.show;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as a person reads them, in UTC. */
public final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Times() {}

  /** {@code 2026-11-26 10:00:05}; null for none. */
  public static String utc(Instant time) {
    return time == null ? null : SECONDS.format(time);
  }
}
