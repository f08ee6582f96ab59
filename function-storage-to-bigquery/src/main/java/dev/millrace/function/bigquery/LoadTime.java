package dev.millrace.function.bigquery;

import java.time.Instant;

/** The time that a load id begins with. */
final class LoadTime {
  private LoadTime() {}

  /** When the batch of a load was finalised, to the second; 1970 for an id that doesn't tell. */
  static Instant of(String loadId) {
    int point = loadId.indexOf('.');
    try {
      return Instant.ofEpochSecond(Long.parseLong(point < 0 ? loadId : loadId.substring(0, point)));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
