package dev.millrace.cli.cost;

import dev.millrace.cli.console.Failure;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.replay.bad.BadEvents;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a pipeline has really loaded, scaled to a month.
 *
 * @param events a month
 * @param bytesPerEvent of the batch objects, message ids and the like included
 * @param files batches a month
 * @param how where the figures come from, for a person
 */
record MeasuredTraffic(long events, long bytesPerEvent, double files, String how) {
  /**
   * Reads the batches of the last 30 days: of those whose objects were written then, whenever they
   * were loaded, so that a replay of older ones is no traffic of this month.
   *
   * @throws Failure if there is none
   */
  static MeasuredTraffic of(Dataset dataset, Instant now) throws IOException {
    String batches = SystemTables.BATCHES.name();
    if (!dataset.tables().containsKey(batches)) {
      throw nothing(dataset);
    }
    Instant since = now.minus(Workload.MONTH);
    // No batch is recorded before it is written: the first condition spares old partitions.
    String sql =
        """
        SELECT bucket, count(*), sum(events_read), sum(bytes), min(generation), max(generation)
        FROM (
          SELECT load_id, max(bucket) AS bucket, max(generation) AS generation,
            max(events_read) AS events_read, max(bytes) AS bytes
          FROM %s
          WHERE recorded_at >= ? AND generation >= ? AND state = 'loaded' AND bucket <> ?
          GROUP BY load_id
        ) AS batches
        GROUP BY bucket ORDER BY bucket
        """
            .formatted(dataset.table(batches));
    List<Object> values =
        List.of(since, ChronoUnit.MICROS.between(Instant.EPOCH, since), BadEvents.BUCKET);
    BatchTally tally = new BatchTally();
    dataset.query(sql, values, tally);
    if (tally.events() == 0) {
      throw nothing(dataset);
    }
    return new MeasuredTraffic(
        Math.round(tally.events() * tally.times()),
        Math.max(1, Math.round((double) tally.bytes() / tally.events())),
        tally.batches() * tally.times(),
        dataset.label() + ": " + tally.how());
  }

  private static Failure nothing(Dataset dataset) {
    return Failure.failed(
        dataset.label()
            + " has no batch in the last 30 days; give --events, and --bytes-per-event if you know"
            + " it");
  }
}
