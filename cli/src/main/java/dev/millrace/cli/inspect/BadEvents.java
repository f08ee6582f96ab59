package dev.millrace.cli.inspect;

import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks {@code _millrace_bad_events}. */
final class BadEvents {
  private static final String TABLE = SystemTables.BAD_EVENTS.name();

  private final LoadedDataset dataset;

  BadEvents(LoadedDataset dataset) {
    this.dataset = dataset;
  }

  /**
   * How often something was wrong.
   *
   * @param events whole ones
   * @param partial rows of events that did load
   */
  record Reason(String code, long events, long partial, Instant first, Instant last) {
    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("reason", code);
      document.put("events", events);
      document.put("partial", partial);
      document.put("first_received_at", first.toString());
      document.put("last_received_at", last.toString());
      return document;
    }
  }

  /**
   * By reason, the most frequent first.
   *
   * @param reason of which reason, or null
   * @param since when they were received, or null
   */
  List<Reason> reasons(String reason, Instant since) throws IOException {
    List<Reason> reasons = new ArrayList<>();
    if (isThere()) {
      Where where = new Where().and("received_at >= ?", since).and("reason = ?", reason);
      dataset
          .dataset()
          .query(
              """
              SELECT reason, sum(CASE WHEN partial THEN 0 ELSE 1 END),
                sum(CASE WHEN partial THEN 1 ELSE 0 END), min(received_at), max(received_at)
              FROM %s %s GROUP BY reason ORDER BY count(*) DESC, reason"""
                  .formatted(dataset.dataset().table(TABLE), where.sql()),
              where.values(),
              row ->
                  reasons.add(
                      new Reason(
                          row.text(0), row.number(1), row.number(2), row.time(3), row.time(4))));
    }
    return reasons;
  }

  /**
   * The newest of each reason, newest first.
   *
   * @param most of a reason
   * @param show whether the payloads are read too
   */
  List<BadRow> samples(String reason, Instant since, int most, boolean show) throws IOException {
    Where where = new Where().and("received_at >= ?", since).and("reason = ?", reason);
    return rows(
        where,
        """
        QUALIFY row_number() OVER (PARTITION BY reason
          ORDER BY received_at DESC, load_id DESC, message_number, event_index) <= %d
        ORDER BY received_at DESC, load_id DESC, message_number, event_index"""
            .formatted(most),
        show);
  }

  private List<BadRow> rows(Where where, String order, boolean show) throws IOException {
    List<BadRow> rows = new ArrayList<>();
    if (isThere()) {
      dataset
          .dataset()
          .query(
              "SELECT %s FROM %s %s %s"
                  .formatted(
                      BadRow.columns(show), dataset.dataset().table(TABLE), where.sql(), order),
              where.values(),
              row -> rows.add(BadRow.of(row, show)));
    }
    return rows;
  }

  private boolean isThere() {
    return dataset.tables().containsKey(TABLE);
  }
}
