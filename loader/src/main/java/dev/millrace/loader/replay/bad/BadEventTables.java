package dev.millrace.loader.replay.bad;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset;
import dev.millrace.loader.read.BatchFormat;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the dataset's own tables say about bad events and the batches that they came in. */
record BadEventTables(Dataset dataset) {
  private static final int PAGE = 1_000;

  /** Pub/Sub keeps an event for 31 days at most before it is in a batch. */
  private static final int DAYS_IN_PUBSUB = 32;

  private static final int CLOCK_DAYS = 2;

  /** The bad events of one load and reason. */
  record Found(String loadId, String reason, long events) {}

  boolean areThere() throws IOException {
    return dataset
        .tables()
        .keySet()
        .containsAll(List.of(SystemTables.BAD_EVENTS.name(), SystemTables.BATCHES.name()));
  }

  /** The loads that have such events, older ones first. */
  List<Found> found(BadSelection selection) throws IOException {
    List<Object> values = new ArrayList<>(new TreeSet<>(selection.reasons()));
    StringBuilder where = new StringBuilder();
    if (selection.since().isAfter(Instant.EPOCH)) {
      where.append(" AND received_at >= ?");
      values.add(selection.since());
    }
    if (!selection.until().equals(Instant.MAX)) {
      where.append(" AND received_at < ?");
      values.add(selection.until());
    }
    if (!selection.loadIds().isEmpty()) {
      where.append(" AND load_id IN (").append(marks(selection.loadIds().size())).append(')');
      values.addAll(selection.loadIds());
    }
    List<Found> found = new ArrayList<>();
    dataset.query(
        "SELECT load_id, reason, count(*) FROM %s WHERE NOT %s AND reason IN (%s)%s"
                .formatted(
                    dataset.table(SystemTables.BAD_EVENTS.name()),
                    dataset.name("partial"),
                    marks(selection.reasons().size()),
                    where)
            + " GROUP BY load_id, reason ORDER BY load_id, reason",
        values,
        row -> found.add(new Found(row.text(0), row.text(1), row.number(2))));
    return found;
  }

  /** The objects behind loads: of one that loaded bad events again, the object they came in. */
  Map<String, Original> originals(Set<String> loadIds) throws IOException {
    Map<String, Original> originals = new HashMap<>();
    Map<String, String> sought = new LinkedHashMap<>();
    loadIds.forEach(loadId -> sought.put(loadId, loadId));
    while (!sought.isEmpty()) {
      Map<String, List<String>> askers = new HashMap<>();
      sought.forEach(
          (asker, loadId) -> askers.computeIfAbsent(loadId, id -> new ArrayList<>()).add(asker));
      sought.clear();
      batches(
          askers.keySet(),
          (loadId, original) ->
              askers
                  .get(loadId)
                  .forEach(
                      asker -> {
                        if (original.batch().bucket().equals(BadBatch.BUCKET)) {
                          sought.put(asker, BadBatch.loadOf(original.batch().name()));
                        } else {
                          originals.put(asker, original);
                        }
                      }));
    }
    return originals;
  }

  /** Is shown one batch after the other. */
  private interface Visitor {
    void batch(String loadId, Original batch);
  }

  private void batches(Set<String> loadIds, Visitor visitor) throws IOException {
    List<String> all = new ArrayList<>(new TreeSet<>(loadIds));
    for (int from = 0; from < all.size(); from += PAGE) {
      List<String> page = all.subList(from, Math.min(all.size(), from + PAGE));
      List<Object> values = new ArrayList<>(page);
      values.add(loadTime(page.get(0)).minus(CLOCK_DAYS, ChronoUnit.DAYS));
      dataset.query(
          "SELECT load_id, bucket, object, generation, format FROM %s"
                  .formatted(dataset.table(SystemTables.BATCHES.name()))
              + " WHERE load_id IN (%s) AND recorded_at >= ? AND state = 'loaded'"
                  .formatted(marks(page.size())),
          values,
          row ->
              visitor.batch(
                  row.text(0),
                  new Original(
                      new BatchRef(row.text(1), row.text(2), row.number(3)), format(row.text(4)))));
    }
  }

  /**
   * Shows the bad events of a load and reason in the order of their places: {@code message_id,
   * message_number, event_index, byte_offset, received_at, detail, raw_bytes, raw_sha256} and, if
   * it is asked for, {@code raw}.
   */
  void events(BadBatch bad, boolean withRaw, Dataset.RowVisitor visitor) throws IOException {
    Instant loaded = loadTime(bad.loadId());
    dataset.query(
        """
        SELECT message_id, message_number, event_index, byte_offset, received_at, detail,
          raw_bytes, raw_sha256%s
        FROM %s WHERE load_id = ? AND reason = ? AND NOT %s AND received_at >= ? AND received_at < ?
        ORDER BY message_number, byte_offset, event_index"""
            .formatted(
                withRaw ? ", raw" : "",
                dataset.table(SystemTables.BAD_EVENTS.name()),
                dataset.name("partial")),
        List.of(
            bad.loadId(),
            bad.reason(),
            loaded.minus(DAYS_IN_PUBSUB, ChronoUnit.DAYS),
            loaded.plus(CLOCK_DAYS, ChronoUnit.DAYS)),
        visitor);
  }

  /** The loads, each once. */
  static Set<String> distinct(List<Found> found) {
    Set<String> loadIds = new HashSet<>();
    found.forEach(each -> loadIds.add(each.loadId()));
    return loadIds;
  }

  private static BatchFormat format(String word) {
    return Arrays.stream(BatchFormat.values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElse(BatchFormat.TEXT);
  }

  private static Instant loadTime(String loadId) {
    return Instant.ofEpochSecond(Long.parseLong(loadId.substring(0, loadId.indexOf('.'))));
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }
}
