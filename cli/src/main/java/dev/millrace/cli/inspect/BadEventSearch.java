package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.Row;
import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.IdSearch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks in {@code _millrace_bad_events} for one event: by the ids of its rows and its message,
 * which are in columns, and by its messageId, which of a whole bad event is in its bytes alone.
 * Used once.
 */
final class BadEventSearch {
  private final BadTable table;
  private final Instant since;
  private final Map<BadRow, BadOfEvent> found = new LinkedHashMap<>();
  private long unsearched;

  /**
   * @param since nothing that was received before is looked at; null for all
   */
  BadEventSearch(LoadedDataset dataset, Instant since) {
    this.table = new BadTable(dataset);
    this.since = since;
  }

  /** What reading the kept bytes would be billed, in bytes; 0 where nothing is. */
  long billedBytes() throws IOException {
    return table.billedBytes(BadRow.columns(true), withBytes());
  }

  /** Finds those with one of the root row ids, at most 999. */
  void byRow(Collection<String> eventIds) throws IOException {
    find(new Where().in("event_id", eventIds));
  }

  /** Finds those in the message that Pub/Sub gave that id. */
  void byMessage(String messageId) throws IOException {
    find(new Where().and("message_id = ?", messageId));
  }

  /** Finds whole ones whose kept bytes have one of the ids that are searched for. */
  void byBytes(List<IdSearch> searches) throws IOException {
    table.query(BadRow.columns(true), withBytes(), "", row -> look(row, searches));
  }

  private void look(Row row, List<IdSearch> searches) {
    BadRow bad = BadRow.of(row, true);
    byte[] kept = bad.raw();
    for (IdSearch search : searches) {
      if (search.inBytes(kept) != null) {
        BadRow silent = bad.withoutRaw();
        found.putIfAbsent(silent, new BadOfEvent(silent, !search.isEvent(kept)));
        return;
      }
    }
    boolean shorter = kept.length < bad.place().rawBytes();
    // An event without what a privacy rule drops from it is shorter and whole.
    if (shorter && searches.stream().noneMatch(search -> search.isEvent(kept))) {
      unsearched++;
    }
  }

  private void find(Where where) throws IOException {
    table.query(
        BadRow.columns(false),
        where.and("received_at >= ?", since),
        "",
        row -> {
          BadRow bad = BadRow.of(row, false);
          found.putIfAbsent(bad, new BadOfEvent(bad, false));
        });
  }

  /** What was found, the earliest received first. */
  List<BadOfEvent> found() {
    List<BadOfEvent> sorted = new ArrayList<>(found.values());
    sorted.sort(BadOfEvent.EARLIEST_FIRST);
    return sorted;
  }

  /** How many have lost bytes, all or the last, so that what these named can't be told. */
  long unsearched() {
    return unsearched;
  }

  /** Of an erased one nothing is kept, on purpose. */
  private Where withBytes() {
    return new Where()
        .and("partial = ?", false)
        .and("reason <> ?", BadReason.ERASED.code())
        .and("received_at >= ?", since);
  }
}
