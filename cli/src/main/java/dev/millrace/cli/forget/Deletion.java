package dev.millrace.cli.forget;

import dev.millrace.cli.console.Progress;
import dev.millrace.loader.ports.Dataset;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Deletes what was found. Whoever is interrupted finds the rest again, and goes on. */
final class Deletion {
  private final Dataset dataset;
  private final Progress progress;

  Deletion(Dataset dataset, Progress progress) {
    this.dataset = dataset;
    this.progress = progress;
  }

  static String sql(Dataset dataset, Rows rows) {
    return "DELETE FROM %s WHERE %s".formatted(dataset.table(rows.table()), rows.where().sql());
  }

  /** How many rows are gone, by table; those that came since they were counted are among them. */
  Map<String, Long> delete(Found found) throws IOException {
    Map<String, Long> deleted = new TreeMap<>();
    for (Rows rows : found.rows()) {
      progress.at("deleting from " + rows.table());
      long gone = dataset.change(sql(dataset, rows), rows.where().values());
      deleted.merge(rows.table(), gone, Long::sum);
    }
    progress.done();
    return deleted;
  }
}
