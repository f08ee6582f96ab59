package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Account;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset.Row;
import dev.millrace.loader.replay.bad.BadEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of {@code _millrace_batches}.
 *
 * @param code for a failed batch, the code of its failure; else null
 * @param detail for a failed batch, what was wrong; else null
 * @param account null for a failed batch
 * @param committed null for a failed batch
 */
record BatchOutcome(
    Instant recorded,
    String loadId,
    BatchRef batch,
    String state,
    String code,
    String detail,
    Account account,
    Instant committed) {
  /** The columns that {@link #of} reads, in its order. */
  static final String COLUMNS =
      "recorded_at, load_id, bucket, object, generation, state, code, detail, events_read,"
          + " events_loaded, events_duplicate, events_bad, committed_at";

  /** The bucket of batches that are bad events, loaded again. */
  static final String REPLAYS = BadEvents.BUCKET;

  private static final String LOADED = "loaded";

  static BatchOutcome of(Row row) {
    String state = row.text(5);
    Account account =
        state.equals(LOADED)
            ? new Account(row.number(8), row.number(9), row.number(10), row.number(11))
            : null;
    return new BatchOutcome(
        row.time(0),
        row.text(1),
        new BatchRef(row.text(2), row.text(3), row.number(4)),
        state,
        row.text(6),
        row.text(7),
        account,
        row.time(12));
  }

  /** Of a replay of bad events, the load that they were bad in; else nothing. */
  Optional<String> replayed() {
    return BadEvents.sourceOf(batch);
  }

  /** When the object was finalised, or a file was first loaded; of a replay, what it is of. */
  Instant created() {
    return Instant.EPOCH.plus(batch.generation(), ChronoUnit.MICROS);
  }

  boolean isLoaded() {
    return state.equals(LOADED);
  }

  /**
   * From the object's creation until all of its rows were in; null for a failed batch, and for a
   * replay, which came when somebody asked for it.
   */
  Duration lag() {
    return committed == null || replayed().isPresent()
        ? null
        : Duration.between(created(), committed);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("load_id", loadId);
    document.put("bucket", batch.bucket());
    document.put("object", batch.name());
    document.put("generation", batch.generation());
    document.put("state", state);
    document.put("code", code);
    document.put("detail", detail);
    document.put("events_read", account == null ? null : account.read());
    document.put("events_loaded", account == null ? null : account.loaded());
    document.put("events_duplicate", account == null ? null : account.duplicate());
    document.put("events_bad", account == null ? null : account.bad());
    document.put("created_at", created().toString());
    document.put("committed_at", committed == null ? null : committed.toString());
    document.put("lag_seconds", lag() == null ? null : lag().toNanos() / 1e9);
    document.put("recorded_at", recorded.toString());
    return document;
  }
}
