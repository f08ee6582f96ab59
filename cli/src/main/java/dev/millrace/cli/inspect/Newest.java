package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the newest event of each table was received. The last days are asked first, which is all
 * that most tables take; the whole of a table is read only where it had no event in these.
 */
final class Newest {
  private static final Duration USUAL = Duration.ofDays(8);

  private Newest() {}

  /** By table; nothing of a table without rows. */
  static Map<String, Instant> of(LoadedDataset dataset) throws IOException {
    Map<String, Instant> newest = new HashMap<>();
    Instant lately = Clock.systemUTC().instant().minus(USUAL);
    for (Instant since : List.of(lately, Instant.EPOCH)) {
      List<TableInfo> open =
          dataset.eventTables().stream()
              .filter(table -> table.rows() > 0 && !newest.containsKey(table.name()))
              .filter(table -> LoadedDataset.has(table, LoadedDataset.RECEIVED_AT))
              .toList();
      new Union(dataset.dataset())
          .query(
              open,
              table ->
                  "max(%1$s) FROM %2$s WHERE %1$s >= ?"
                      .formatted(LoadedDataset.RECEIVED_AT, dataset.sql(table)),
              List.of(since),
              row -> {
                if (row.time(1) != null) {
                  newest.put(open.get(row.number(0).intValue()).name(), row.time(1));
                }
              });
    }
    return newest;
  }
}
