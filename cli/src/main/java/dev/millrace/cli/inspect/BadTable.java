package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.RowVisitor;
import dev.millrace.loader.system.SystemTables;
import java.io.IOException;

/**
 * {@code _millrace_bad_events} with one column more, {@code replayed_by}: of a whole event that
 * {@code millrace replay bad} has taken, the load id of that replay. What is still bad of it then
 * is another row, of that load.
 */
final class BadTable {
  private static final String NAME = SystemTables.BAD_EVENTS.name();

  private final LoadedDataset dataset;

  BadTable(LoadedDataset dataset) {
    this.dataset = dataset;
  }

  /** Asks nothing where no event was ever bad. */
  void query(String columns, Where where, String rest, RowVisitor visitor) throws IOException {
    if (isThere()) {
      dataset.dataset().query(sql(columns, where, rest), where.values(), visitor);
    }
  }

  /** What that would be billed, in bytes; 0 where nothing is. */
  long billedBytes(String columns, Where where) throws IOException {
    return isThere()
        ? dataset.dataset().billedBytes(sql(columns, where, ""), where.values()).orElse(0)
        : 0;
  }

  private String sql(String columns, Where where, String rest) {
    return """
    SELECT %s FROM %s AS bad LEFT JOIN (
      SELECT object AS replayed, min(load_id) AS replayed_by FROM %s
      WHERE bucket = '%s' AND state = 'loaded' GROUP BY object) AS replays
    ON replays.replayed = concat(bad.load_id, '/', bad.reason) AND NOT bad.partial
    %s %s"""
        .formatted(
            columns,
            dataset.dataset().table(NAME),
            dataset.dataset().table(SystemTables.BATCHES.name()),
            BatchOutcome.REPLAYS,
            where.sql(),
            rest);
  }

  private boolean isThere() {
    return dataset.tables().containsKey(NAME);
  }
}
