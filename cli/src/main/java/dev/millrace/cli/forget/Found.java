package dev.millrace.cli.forget;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a person is in a dataset.
 *
 * @param dataset what people call it
 * @param rows in the order in which they are to be deleted: what is below other rows goes before
 *     them, so that whoever is interrupted finds the rest again
 * @param loadIds of the loads that brought them
 * @param notes what a person should know who relies on this
 * @param deletedBytes what deleting would be billed for; empty where nothing is billed
 */
record Found(
    String dataset,
    List<Rows> rows,
    Set<String> loadIds,
    List<String> notes,
    OptionalLong deletedBytes) {
  Found {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** How many rows, by table. */
  Map<String, Long> byTable() {
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach(each -> counts.merge(each.table(), each.count(), Long::sum));
    return counts;
  }

  long total() {
    return rows.stream().mapToLong(Rows::count).sum();
  }
}
