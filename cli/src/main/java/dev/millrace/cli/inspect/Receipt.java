package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.TableInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * When the messages of a batch's loaded events were published.
 *
 * @param first null if none is found
 * @param last null if none is found
 */
record Receipt(Instant first, Instant last) {
  /** The longest that a subscription keeps a message. */
  private static final Duration LONGEST_KEPT = Duration.ofDays(31);

  private static final Duration CLOCKS = Duration.ofDays(1);

  /** Asks the tables with rows of the batch for these. */
  static Receipt of(LoadedDataset dataset, BatchOutcome batch, Set<String> tables)
      throws IOException {
    List<TableInfo> roots =
        dataset.roots().stream()
            .filter(table -> tables.contains(table.name()))
            .filter(table -> LoadedDataset.has(table, LoadedDataset.RECEIVED_AT))
            .toList();
    List<Instant> times = new ArrayList<>();
    new Union(dataset.dataset())
        .query(
            roots,
            table ->
                "min(%1$s), max(%1$s) FROM %2$s WHERE _dlt_load_id = ? AND %1$s >= ? AND %1$s <= ?"
                    .formatted(LoadedDataset.RECEIVED_AT, dataset.sql(table)),
            List.of(
                batch.loadId(), batch.created().minus(LONGEST_KEPT), batch.created().plus(CLOCKS)),
            row -> {
              if (row.time(1) != null) {
                times.add(row.time(1));
                times.add(row.time(2));
              }
            });
    return new Receipt(
        times.stream().min(Instant::compareTo).orElse(null),
        times.stream().max(Instant::compareTo).orElse(null));
  }
}
