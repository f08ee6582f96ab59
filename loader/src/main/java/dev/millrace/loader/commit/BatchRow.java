package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.system.RowLine;
import dev.millrace.loader.system.SystemTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes the rows of {@link SystemTables#BATCHES}. */
final class BatchRow {
  private BatchRow() {}

  static SystemRows loaded(
      BatchRef batch,
      Manifest manifest,
      Account account,
      Map<String, List<String>> loadJobs,
      Instant now) {
    Manifest.Counts counts = account.counts();
    return rows(
        manifest.loadId() + "/loaded",
        start(batch, manifest.loadId(), now)
            .text("state", "loaded")
            .text("format", manifest.format())
            .number("bytes", manifest.objectBytes())
            .number("events_read", counts.read())
            .number("events_loaded", counts.loaded())
            .number("events_duplicate", counts.duplicate())
            .number("events_bad", counts.bad())
            .number("rows_bad", counts.partialBad())
            .json("bad_by_reason", account.badByReason())
            .json("discarded_values", manifest.discardedValues())
            .json("guards", manifest.guards())
            .json("rows_loaded", account.rows())
            .json("load_jobs", loadJobs)
            .text("attempt", manifest.attempt())
            .number("schema_version", manifest.schema().version())
            .text("schema_version_hash", manifest.schema().hash())
            .timestamp("started_at", manifest.startedAt())
            .timestamp("sealed_at", manifest.sealedAt())
            .timestamp("committed_at", now));
  }

  static SystemRows failed(BatchRef batch, String loadId, LoadException failure, Instant now) {
    return rows(
        loadId + "/failed/" + failure.error().code(),
        start(batch, loadId, now)
            .text("state", "failed")
            .text("code", failure.error().code())
            .text("detail", failure.getMessage()));
  }

  private static RowLine start(BatchRef batch, String loadId, Instant now) {
    return new RowLine()
        .timestamp("recorded_at", now)
        .text("load_id", loadId)
        .text("bucket", batch.bucket())
        .text("object", batch.name())
        .number("generation", batch.generation());
  }

  private static SystemRows rows(String key, RowLine row) {
    return new SystemRows(SystemTables.BATCHES, row.toBytes(), List.of(), 1, key, null);
  }
}
