package dev.millrace.function.bigquery;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.ports.SystemRows;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Writes system rows: each a staged object and a load job. Thread-safe. */
final class SystemRowJobs {
  private static final int NAME_BYTES = 8;

  private final Staging staging;
  private final Evolution evolution;
  private final LoadJobs jobs;
  private final KnownKeys keys;

  SystemRowJobs(Staging staging, Evolution evolution, LoadJobs jobs, KnownKeys keys) {
    this.staging = staging;
    this.evolution = evolution;
    this.jobs = jobs;
    this.keys = keys;
  }

  /**
   * Writes rows, unless they are there; the table need not be there before.
   *
   * @param folder of the staging place that they are staged in
   */
  void write(SystemRows rows, String folder, Deadline deadline) throws IOException {
    WantedTable wanted = WantedTable.of(rows.table());
    if (rows.unlessExists() == null) {
      load(wanted, rows, folder, deadline);
      return;
    }
    KnownTable table = evolution.current(wanted, deadline);
    if (!keys.has(table, rows, deadline)) {
      load(wanted, rows, folder, deadline);
      keys.add(table, rows);
    }
  }

  private void load(WantedTable wanted, SystemRows rows, String folder, Deadline deadline)
      throws IOException {
    List<String> locations =
        rows.locations().isEmpty() ? List.of(stage(rows, folder)) : rows.locations();
    LoadJobs.Outcome outcome = jobs.load(wanted, List.of(rows.key()), locations, deadline);
    if (outcome instanceof LoadJobs.Outcome.Refused refused) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "%s takes none of the rows %s: %s"
              .formatted(wanted.name(), rows.key(), refused.detail()));
    }
    LoadJobs.Outcome.Loaded loaded = (LoadJobs.Outcome.Loaded) outcome;
    long written = loaded.rows(rows.rows());
    if (written != rows.rows()) {
      throw new LoadException(
          LoadError.COUNTS_DIFFER,
          "%s took %d rows of %d, by job %s"
              .formatted(wanted.name(), written, rows.rows(), String.join(", ", loaded.jobs())));
    }
  }

  /**
   * Another try may stage the same rows with another clock, so the object is called by its content:
   * one that a job reads is never written again.
   */
  private String stage(SystemRows rows, String folder) throws IOException {
    String path =
        "%s/%s.%s.jsonl".formatted(folder, rows.table().name(), contentName(rows.lines()));
    staging.createIfAbsent(path, rows.lines());
    return staging.location(path);
  }

  private static String contentName(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
