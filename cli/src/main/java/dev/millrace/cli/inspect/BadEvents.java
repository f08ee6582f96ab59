package dev.millrace.cli.inspect;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks what could not be loaded, by reason. */
final class BadEvents {
  private static final String STILL_BAD = "replayed_by IS NULL";

  private final BadTable table;

  BadEvents(LoadedDataset dataset) {
    this.table = new BadTable(dataset);
  }

  /**
   * How often something was wrong.
   *
   * @param events whole ones that are still bad
   * @param partial rows of events that did load
   * @param replayed whole ones that were replayed
   * @param first of those that are still bad; null if there are none
   * @param last the same
   */
  record Reason(
      String code, long events, long partial, long replayed, Instant first, Instant last) {
    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("reason", code);
      document.put("events", events);
      document.put("partial", partial);
      document.put("replayed", replayed);
      document.put("first_received_at", first == null ? null : first.toString());
      document.put("last_received_at", last == null ? null : last.toString());
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
    table.query(
        """
        reason,
          sum(CASE WHEN partial OR replayed_by IS NOT NULL THEN 0 ELSE 1 END),
          sum(CASE WHEN partial THEN 1 ELSE 0 END),
          sum(CASE WHEN replayed_by IS NULL THEN 0 ELSE 1 END),
          min(CASE WHEN replayed_by IS NULL THEN received_at END),
          max(CASE WHEN replayed_by IS NULL THEN received_at END)""",
        chosen(reason, since),
        "GROUP BY reason ORDER BY sum(CASE WHEN replayed_by IS NULL THEN 1 ELSE 0 END) DESC, reason",
        row ->
            reasons.add(
                new Reason(
                    row.text(0),
                    row.number(1),
                    row.number(2),
                    row.number(3),
                    row.time(4),
                    row.time(5))));
    return reasons;
  }

  /**
   * The newest of each reason that are still bad, newest first.
   *
   * @param most of a reason
   * @param show whether the payloads are read too
   */
  List<BadRow> stillBad(String reason, Instant since, int most, boolean show) throws IOException {
    return newest(chosen(reason, since).and(STILL_BAD), most, show);
  }

  /** The same with those that were replayed. */
  List<BadRow> all(String reason, Instant since, int most, boolean show) throws IOException {
    return newest(chosen(reason, since), most, show);
  }

  private static Where chosen(String reason, Instant since) {
    return new Where().and("received_at >= ?", since).and("reason = ?", reason);
  }

  private List<BadRow> newest(Where where, int most, boolean show) throws IOException {
    List<BadRow> rows = new ArrayList<>();
    table.query(
        BadRow.columns(show),
        where,
        """
        QUALIFY row_number() OVER (PARTITION BY reason
          ORDER BY received_at DESC, load_id DESC, message_number, event_index) <= %d
        ORDER BY received_at DESC, load_id DESC, message_number, event_index"""
            .formatted(most),
        row -> rows.add(BadRow.of(row, show)));
    return rows;
  }
}
