package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Account;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks {@code _millrace_batches}. */
final class Batches {
  private static final String TABLE = SystemTables.BATCHES.name();

  /** Of two outcomes that were recorded at once, the one that says that the batch is in. */
  private static final String LATEST =
      "QUALIFY row_number() OVER (PARTITION BY bucket, object, generation"
          + " ORDER BY recorded_at DESC, committed_at DESC NULLS LAST) = 1";

  private final LoadedDataset dataset;

  Batches(LoadedDataset dataset) {
    this.dataset = dataset;
  }

  /**
   * What batches of some states came to.
   *
   * @param count how many batches
   * @param loaded how many of them are loaded
   * @param account of their events
   */
  record Sum(long count, long loaded, Account account) {}

  /**
   * The latest outcome of each batch, newest first.
   *
   * @param state of those that are wanted, or null
   * @param since when they were recorded, or null
   */
  List<BatchOutcome> latest(String state, Instant since, int most) throws IOException {
    List<BatchOutcome> batches = new ArrayList<>();
    Where recorded = new Where().and("recorded_at >= ?", since);
    Where wanted = new Where().and("state = ?", state);
    dataset
        .dataset()
        .query(
            "SELECT %s FROM (SELECT %s FROM %s %s %s) AS latest %s ORDER BY recorded_at DESC, load_id DESC LIMIT %d"
                .formatted(
                    BatchOutcome.COLUMNS,
                    BatchOutcome.COLUMNS,
                    dataset.dataset().table(TABLE),
                    recorded.sql(),
                    LATEST,
                    wanted.sql(),
                    most),
            recorded.valuesAnd(wanted.values().toArray()),
            row -> batches.add(BatchOutcome.of(row)));
    return batches;
  }

  /** All of them together. */
  Sum sum(String state, Instant since) throws IOException {
    List<Sum> sums = new ArrayList<>();
    Where recorded = new Where().and("recorded_at >= ?", since);
    Where wanted = new Where().and("state = ?", state);
    dataset
        .dataset()
        .query(
            """
            SELECT count(*), coalesce(sum(CASE WHEN state = 'loaded' THEN 1 ELSE 0 END), 0),
              coalesce(sum(events_read), 0), coalesce(sum(events_loaded), 0),
              coalesce(sum(events_duplicate), 0), coalesce(sum(events_bad), 0)
            FROM (SELECT %s FROM %s %s %s) AS latest %s"""
                .formatted(
                    BatchOutcome.COLUMNS,
                    dataset.dataset().table(TABLE),
                    recorded.sql(),
                    LATEST,
                    wanted.sql()),
            recorded.valuesAnd(wanted.values().toArray()),
            row ->
                sums.add(
                    new Sum(
                        row.number(0),
                        row.number(1),
                        new Account(row.number(2), row.number(3), row.number(4), row.number(5)))));
    return sums.get(0);
  }

  /**
   * Every outcome of the batches of that load id or object, newest first.
   *
   * @param id a load id, or an object's name
   */
  List<BatchOutcome> outcomes(String id) throws IOException {
    List<BatchOutcome> outcomes = new ArrayList<>();
    Where where = new Where();
    if (LoadTime.isLoadId(id)) {
      where.and("load_id = ?", id).and("recorded_at >= ?", LoadTime.before(id));
    } else {
      where.and("object = ?", id);
    }
    dataset
        .dataset()
        .query(
            "SELECT %s FROM %s %s ORDER BY generation DESC, load_id, recorded_at DESC, committed_at DESC NULLS LAST"
                .formatted(BatchOutcome.COLUMNS, dataset.dataset().table(TABLE), where.sql()),
            where.values(),
            row -> outcomes.add(BatchOutcome.of(row)));
    return outcomes;
  }

  /** Those of the load ids, at most 1,000, each with its latest outcome. */
  List<BatchOutcome> ofLoads(List<String> loadIds) throws IOException {
    if (loadIds.isEmpty()) {
      return List.of();
    }
    Instant first = loadIds.stream().map(LoadTime::before).min(Instant::compareTo).orElseThrow();
    Where where = new Where().in("load_id", loadIds).and("recorded_at >= ?", first);
    List<BatchOutcome> batches = new ArrayList<>();
    dataset
        .dataset()
        .query(
            "SELECT %s FROM %s %s %s ORDER BY load_id"
                .formatted(
                    BatchOutcome.COLUMNS, dataset.dataset().table(TABLE), where.sql(), LATEST),
            where.values(),
            row -> batches.add(BatchOutcome.of(row)));
    return batches;
  }

  /** Whether {@code _dlt_loads} has the load: all of it is in. */
  boolean isComplete(String loadId) throws IOException {
    Where where =
        new Where().and("load_id = ?", loadId).and("inserted_at >= ?", LoadTime.before(loadId));
    List<Long> counts = new ArrayList<>();
    dataset
        .dataset()
        .query(
            "SELECT count(*) FROM %s %s"
                .formatted(dataset.dataset().table(SystemTables.LOADS.name()), where.sql()),
            where.values(),
            row -> counts.add(row.number(0)));
    return counts.get(0) > 0;
  }
}
