package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Loads parts of a package into a table, each row once: by the id of the load job, and where
 * BigQuery may have forgotten the job, by loading only what the table lacks. Thread-safe.
 */
final class PartLoads {
  private final LoadJobs jobs;
  private final JobMemory memory;
  private final Evolution evolution;
  private final Rests rests;
  private final Staging staging;

  PartLoads(LoadJobs jobs, JobMemory memory, Evolution evolution, Rests rests, Staging staging) {
    this.jobs = jobs;
    this.memory = memory;
    this.evolution = evolution;
    this.rests = rests;
    this.staging = staging;
  }

  /**
   * @param key what the parts' rows are known by in the table; the load id is first
   * @param locations of the parts
   */
  LoadJobs.Outcome load(
      WantedTable wanted, List<String> key, List<String> locations, Deadline deadline)
      throws IOException {
    String loadId = key.get(0);
    if (memory.mayLack(loadId)) {
      KnownTable table = evolution.current(wanted, deadline);
      if (memory.mayLack(loadId, table)) {
        return loadMissing(wanted, table, key, locations, deadline);
      }
    }
    return jobs.load(wanted, key, locations, deadline);
  }

  private LoadJobs.Outcome loadMissing(
      WantedTable wanted,
      KnownTable table,
      List<String> key,
      List<String> locations,
      Deadline deadline)
      throws IOException {
    // Rows that come in between two questions would be loaded once more.
    jobs.awaitEnd(table, key, deadline);
    Rest rest = rests.of(table, key, locations, deadline);
    if (rest.present() == 0) {
      return jobs.load(wanted, key, locations, deadline);
    }
    LoadJobs.Outcome outcome = load(wanted, key, rest, deadline);
    if (evolution.current(wanted, deadline).createdMillis() != table.createdMillis()) {
      throw new LoadException(
          LoadError.TABLE_CHANGED,
          "table %s was made anew while it was asked what it lacks".formatted(wanted.name()));
    }
    return outcome;
  }

  private LoadJobs.Outcome load(WantedTable wanted, List<String> key, Rest rest, Deadline deadline)
      throws IOException {
    if (rest.missing() == 0) {
      return new LoadJobs.Outcome.Loaded(OptionalLong.of(rest.present()), List.of());
    }
    List<String> restKey = new ArrayList<>(key);
    restKey.add(rest.path());
    List<String> location = List.of(staging.location(rest.path()));
    LoadJobs.Outcome outcome = jobs.load(wanted, restKey, location, deadline);
    return outcome instanceof LoadJobs.Outcome.Loaded loaded
        ? new LoadJobs.Outcome.Loaded(
            OptionalLong.of(rest.present() + loaded.rows(rest.missing())), loaded.jobs())
        : outcome;
  }
}
