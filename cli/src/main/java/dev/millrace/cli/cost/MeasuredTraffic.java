package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a pipeline has really loaded, scaled to a month.
 *
 * @param events a month
 * @param bytesPerEvent of the batch objects, message ids and the like included
 * @param files batches a month
 * @param how where the figures come from, for a person
 */
record MeasuredTraffic(long events, long bytesPerEvent, double files, String how) {
  /** A dataset younger than this says nothing about a month: its events are taken as one. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  /**
   * Reads the batches of the last 30 days.
   *
   * @throws Failure if none was loaded in that time
   */
  static MeasuredTraffic of(Dataset dataset, Instant now) throws IOException {
    String batches = SystemTables.BATCHES.name();
    if (!dataset.tables().containsKey(batches)) {
      throw nothing(dataset);
    }
    Instant since = now.minus(Workload.MONTH);
    String sql =
        """
        SELECT count(*), sum(events_read), sum(bytes), min(recorded_at), max(recorded_at)
        FROM (
          SELECT load_id, max(events_read) AS events_read, max(bytes) AS bytes,
            max(recorded_at) AS recorded_at
          FROM %s WHERE recorded_at >= ? AND state = 'loaded' GROUP BY load_id
        ) AS batches
        """
            .formatted(dataset.table(batches));
    MeasuredTraffic[] found = new MeasuredTraffic[1];
    dataset.query(sql, List.of(since), row -> found[0] = of(row, dataset));
    if (found[0] == null) {
      throw nothing(dataset);
    }
    return found[0];
  }

  private static MeasuredTraffic of(Dataset.Row row, Dataset dataset) {
    long count = row.number(0);
    if (count == 0 || row.number(1) == null || row.number(1) == 0 || row.number(2) == null) {
      return null;
    }
    long events = row.number(1);
    long bytes = row.number(2);
    Duration span = Duration.between(row.time(3), row.time(4));
    boolean scaled = span.compareTo(SHORTEST) >= 0;
    double times = scaled ? (double) Workload.MONTH.toSeconds() / span.toSeconds() : 1;
    String how =
        scaled
            ? String.format(
                Locale.ROOT,
                "%s: what its batches of %.1f days make in 30",
                dataset.label(),
                days(span))
            : "%s: its batches span less than a day, so they are taken as the month's"
                .formatted(dataset.label());
    return new MeasuredTraffic(
        Math.round(events * times),
        Math.max(1, Math.round((double) bytes / events)),
        count * times,
        how);
  }

  private static double days(Duration span) {
    return span.toSeconds() / 86_400.0;
  }

  private static Failure nothing(Dataset dataset) {
    return Failure.failed(
        dataset.label()
            + " has loaded no batch in the last 30 days; give --events, and --bytes-per-event if"
            + " you know it");
  }
}
