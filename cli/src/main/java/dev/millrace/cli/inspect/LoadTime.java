package dev.millrace.cli.inspect;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time that a load id tells, and with it where to look for what the load brought. */
final class LoadTime {
  private static final int CLOCK_DAYS = 1;

  private LoadTime() {}

  static boolean isLoadId(String text) {
    return text.matches("\\d{1,11}\\.\\d{1,12}");
  }

  /** A day before the batch was finalised, for clocks differ; 1970 for another kind of id. */
  static Instant before(String loadId) {
    return isLoadId(loadId)
        ? Instant.ofEpochSecond(Long.parseLong(loadId.substring(0, loadId.indexOf('.'))))
            .minus(CLOCK_DAYS, ChronoUnit.DAYS)
        : Instant.EPOCH;
  }
}
