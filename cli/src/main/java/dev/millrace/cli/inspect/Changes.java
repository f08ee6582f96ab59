package dev.millrace.cli.inspect;

import dev.millrace.loader.system.SystemTables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks {@code _millrace_schema_changes}. */
final class Changes {
  private static final String TABLE = SystemTables.SCHEMA_CHANGES.name();

  private final LoadedDataset dataset;

  Changes(LoadedDataset dataset) {
    this.dataset = dataset;
  }

  /**
   * The newest changes, newest first; a table before its columns.
   *
   * @param table of which table, or null
   * @param since when they were recorded, or null
   */
  List<ChangeRow> newest(String table, Instant since, int most) throws IOException {
    Where where = new Where().and("recorded_at >= ?", since).and("table_name = ?", table);
    return list(
        where,
        "ORDER BY recorded_at DESC, load_id DESC, table_name, column_name NULLS FIRST LIMIT "
            + most);
  }

  /** How many there are of these. */
  long count(String table, Instant since) throws IOException {
    Where where = new Where().and("recorded_at >= ?", since).and("table_name = ?", table);
    List<Long> counts = new ArrayList<>();
    if (isThere()) {
      dataset
          .dataset()
          .query(
              "SELECT count(*) FROM %s %s".formatted(dataset.dataset().table(TABLE), where.sql()),
              where.values(),
              row -> counts.add(row.number(0)));
    }
    return counts.isEmpty() ? 0 : counts.get(0);
  }

  /** What a batch brought. */
  List<ChangeRow> ofLoad(String loadId) throws IOException {
    return list(
        new Where().and("load_id = ?", loadId).and("recorded_at >= ?", LoadTime.before(loadId)),
        "ORDER BY table_name, column_name NULLS FIRST");
  }

  /** All that ever were, or those of one table; oldest first. */
  List<ChangeRow> all(String table) throws IOException {
    return list(new Where().and("table_name = ?", table), "ORDER BY recorded_at, load_id");
  }

  private List<ChangeRow> list(Where where, String order) throws IOException {
    List<ChangeRow> changes = new ArrayList<>();
    if (isThere()) {
      dataset
          .dataset()
          .query(
              "SELECT %s FROM %s %s %s"
                  .formatted(ChangeRow.COLUMNS, dataset.dataset().table(TABLE), where.sql(), order),
              where.values(),
              row -> changes.add(ChangeRow.of(row)));
    }
    return changes;
  }

  private boolean isThere() {
    return dataset.tables().containsKey(TABLE);
  }
}
