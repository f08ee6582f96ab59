package dev.millrace.cli.forget;

import dev.millrace.cli.ids.SearchedId;
import dev.millrace.loader.ports.Dataset.Row;
import dev.millrace.normalizer.IdSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The bad events of a person: whole events whose bytes name them. What can't be read as JSON is
 * searched for the key and its value, wherever they stand. Used once.
 */
final class BadEventsOfPerson {
  static final String TABLE = "_millrace_bad_events";

  private static final int PAGE = 1_000;

  private final Questions questions;
  private final IdSearch search;
  private final byte[] idBytes;
  private final Set<String> hashes = new LinkedHashSet<>();
  private final Map<String, Set<String>> eventIds = new LinkedHashMap<>();
  private final Set<String> loadIds = new TreeSet<>();
  private long mentions;
  private long cut;

  BadEventsOfPerson(Questions questions, SearchedId person) {
    this.questions = questions;
    this.search = person.search();
    this.idBytes = person.id().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads all of the bad events, one after the other. */
  void find() throws IOException {
    questions.ask(
        "SELECT raw, raw_sha256, raw_bytes, load_id, event_id, table_name FROM "
            + questions.dataset().table(TABLE)
            + " WHERE partial = ? AND reason <> ?",
        List.of(false, "erased"),
        this::look);
  }

  private void look(Row row) {
    byte[] raw = row.bytes(0);
    if (raw == null || raw.length == 0) {
      return;
    }
    if (search.inBytes(raw) != null) {
      hashes.add(row.text(1));
      loadIds.add(row.text(3));
      if (row.text(4) != null && row.text(5) != null) {
        eventIds.computeIfAbsent(row.text(5), table -> new LinkedHashSet<>()).add(row.text(4));
      }
      return;
    }
    if (contains(raw, idBytes)) {
      mentions++;
    }
    if (raw.length < row.number(2)) {
      cut++;
    }
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int k = 0;
      while (k < wanted.length && bytes[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** Their rows: equal bytes are the same person's, whatever batch they came in. */
  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    for (List<String> page : pages(hashes)) {
      Condition where =
          Ids.of(page).in("raw_sha256").and("partial = ? AND reason <> ?", false, "erased");
      rows.add(new Rows(TABLE, where, 0));
    }
    return rows;
  }

  /** {@code _dlt_id}s of root rows that the warehouse refused, in pages, by their table. */
  List<List<String>> refusedRoots(String table) {
    return pages(eventIds.getOrDefault(table, Set.of()));
  }

  private static List<List<String>> pages(Set<String> all) {
    List<String> list = List.copyOf(all);
    List<List<String>> pages = new ArrayList<>();
    for (int from = 0; from < list.size(); from += PAGE) {
      pages.add(list.subList(from, Math.min(list.size(), from + PAGE)));
    }
    return pages;
  }

  Set<String> loadIds() {
    return loadIds;
  }

  /** How many have the id somewhere in their bytes, but not as the field that was asked for. */
  long mentions() {
    return mentions;
  }

  /** How many are kept in part alone, so that what was cut off can't be searched. */
  long cut() {
    return cut;
  }
}
