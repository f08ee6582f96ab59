package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.SystemRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which rows that are to be there once are there: schema versions and pipeline states, as {@code
 * table/creation time/key}. Asked in the order of what it costs: the memory, the job that wrote
 * them, and, for BigQuery forgets jobs after months, once in a process the table. Thread-safe.
 */
final class KnownKeys {
  private final Calls calls;
  private final KeyList list;
  private final LoadJobs jobs;
  private final Set<String> there = ConcurrentHashMap.newKeySet();
  private final Map<String, Boolean> listed = new ConcurrentHashMap<>();

  KnownKeys(Calls calls, KeyList list, LoadJobs jobs) {
    this.calls = calls;
    this.list = list;
    this.jobs = jobs;
  }

  /** Whether the table has the rows' key. False may be wrong for as long as others write it. */
  boolean has(KnownTable table, SystemRows rows, Deadline deadline) throws LoadException {
    if (there.contains(name(table, rows.key()))) {
      return true;
    }
    if (jobs.isIn(table, List.of(rows.key()), deadline)) {
      add(table, rows);
      return true;
    }
    if (listed.putIfAbsent(name(table, ""), true) == null) {
      boolean done = false;
      try {
        calls
            .call(
                "list " + table.name(),
                deadline,
                client -> list.of(client, table, rows.unlessExists()))
            .forEach(key -> there.add(name(table, key)));
        done = true;
      } finally {
        if (!done) {
          listed.remove(name(table, ""));
        }
      }
    }
    return there.contains(name(table, rows.key()));
  }

  /** Takes note that the rows are there. */
  void add(KnownTable table, SystemRows rows) {
    there.add(name(table, rows.key()));
  }

  private static String name(KnownTable table, String key) {
    return table.name() + "/" + table.createdMillis() + "/" + key;
  }
}
