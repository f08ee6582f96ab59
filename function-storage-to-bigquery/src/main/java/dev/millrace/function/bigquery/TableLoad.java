package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.Warehouse.RefusedRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table took of a package.
 *
 * @param rows that are in
 * @param jobs that loaded them
 * @param refused rows that it would not take
 */
record TableLoad(long rows, List<String> jobs, List<RefusedRow> refused) {
  static final TableLoad NOTHING = new TableLoad(0, List.of(), List.of());

  TableLoad {
    jobs = List.copyOf(jobs);
    refused = List.copyOf(refused);
  }

  /**
   * @param rows that were to be loaded
   */
  static TableLoad of(LoadJobs.Outcome.Loaded loaded, long rows) {
    return new TableLoad(loaded.rows(rows), loaded.jobs(), List.of());
  }

  TableLoad and(TableLoad more) {
    List<String> allJobs = new ArrayList<>(jobs);
    allJobs.addAll(more.jobs);
    List<RefusedRow> allRefused = new ArrayList<>(refused);
    allRefused.addAll(more.refused);
    return new TableLoad(rows + more.rows, allJobs, allRefused);
  }
}
