package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.SystemRows;
import java.io.IOException;
import java.util.List;

/**
 * Writes the commit rows of a load, each once, and last the row that says that the load is
 * complete. Thread-safe.
 */
final class CommitJobs {
  private final SystemRowJobs systemRows;
  private final JobMemory memory;
  private final Evolution evolution;
  private final RowQueries queries;
  private final Parallel parallel;

  CommitJobs(
      SystemRowJobs systemRows,
      JobMemory memory,
      Evolution evolution,
      RowQueries queries,
      Parallel parallel) {
    this.systemRows = systemRows;
    this.memory = memory;
    this.evolution = evolution;
    this.queries = queries;
    this.parallel = parallel;
  }

  /**
   * @param rows as {@link dev.millrace.loader.ports.Warehouse.Commit} makes them
   */
  void write(String loadId, List<SystemRows> rows, Deadline deadline) throws IOException {
    String folder = "packages/" + loadId + "/commit";
    int last = rows.size() - 1;
    parallel.all(
        rows.subList(0, last),
        each -> {
          if (!isThere(loadId, each, deadline)) {
            systemRows.write(each, folder, deadline);
          }
          return null;
        });
    systemRows.write(rows.get(last), folder, deadline);
  }

  /** Whether a job wrote them that BigQuery may have forgotten. */
  private boolean isThere(String loadId, SystemRows rows, Deadline deadline) throws IOException {
    return rows.unlessExists() == null
        && memory.mayLack(loadId)
        && memory.mayLack(loadId, evolution.current(WantedTable.of(rows.table()), deadline))
        && queries.hasCommitted(rows.table(), loadId, deadline);
  }
}
