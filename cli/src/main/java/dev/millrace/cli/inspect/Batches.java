package dev.millrace.cli.inspect;

import dev.millrace.cli.show.Account;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
  record Sum(long count, long loaded, Account account) {
    static final Sum NONE = new Sum(0, 0, Account.NONE);

    long failed() {
      return count - loaded;
    }
  }

  /**
   * Batches, and apart from them the replays of their bad events: what these read was read before.
   */
  record Sums(Sum batches, Sum replays) {
    long count() {
      return batches.count() + replays.count();
    }
  }

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
  Sums sums(String state, Instant since) throws IOException {
    Map<Boolean, Sum> sums = new HashMap<>();
    Where recorded = new Where().and("recorded_at >= ?", since);
    Where wanted = new Where().and("state = ?", state);
    dataset
        .dataset()
        .query(
            """
            SELECT bucket = '%s' AS replays, count(*),
              sum(CASE WHEN state = 'loaded' THEN 1 ELSE 0 END),
              coalesce(sum(events_read), 0), coalesce(sum(events_loaded), 0),
              coalesce(sum(events_duplicate), 0), coalesce(sum(events_bad), 0)
            FROM (SELECT %s FROM %s %s %s) AS latest %s GROUP BY replays"""
                .formatted(
                    BatchOutcome.REPLAYS,
                    BatchOutcome.COLUMNS,
                    dataset.dataset().table(TABLE),
                    recorded.sql(),
                    LATEST,
                    wanted.sql()),
            recorded.valuesAnd(wanted.values().toArray()),
            row ->
                sums.put(
                    row.truth(0),
                    new Sum(
                        row.number(1),
                        row.number(2),
                        new Account(row.number(3), row.number(4), row.number(5), row.number(6)))));
    return new Sums(sums.getOrDefault(false, Sum.NONE), sums.getOrDefault(true, Sum.NONE));
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

  /**
   * Those of the load ids, at most 1,000, each with its latest outcome; of a replay of bad events
   * also the batch that they came in.
   */
  List<BatchOutcome> ofLoads(Collection<String> loadIds) throws IOException {
    Map<String, BatchOutcome> found = new TreeMap<>();
    Set<String> sought = new TreeSet<>(loadIds);
    while (!sought.isEmpty()) {
      Set<String> sources = new TreeSet<>();
      for (BatchOutcome batch : withoutSources(sought)) {
        found.put(batch.loadId(), batch);
        batch.replayed().ifPresent(sources::add);
      }
      sources.removeAll(found.keySet());
      sought = sources;
    }
    return List.copyOf(found.values());
  }

  private List<BatchOutcome> withoutSources(Set<String> loadIds) throws IOException {
    Instant first = loadIds.stream().map(LoadTime::before).min(Instant::compareTo).orElseThrow();
    Where where = new Where().in("load_id", loadIds).and("recorded_at >= ?", first);
    List<BatchOutcome> batches = new ArrayList<>();
    dataset
        .dataset()
        .query(
            "SELECT %s FROM %s %s %s"
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
