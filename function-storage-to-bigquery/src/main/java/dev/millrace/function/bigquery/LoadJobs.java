package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.LoadJobConfiguration;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Loads staged objects into tables: each once, however often and by however many it is asked for.
 * Thread-safe.
 */
final class LoadJobs {
  /** How often a table may turn out to be another than it was just seen to be. */
  private static final int MAX_CHANGES = 5;

  private final DatasetName dataset;
  private final JobIds ids;
  private final Jobs jobs;
  private final Evolution evolution;

  LoadJobs(DatasetName dataset, Jobs jobs, Evolution evolution) {
    this.dataset = dataset;
    this.ids = new JobIds(dataset);
    this.jobs = jobs;
    this.evolution = evolution;
  }

  /** What became of objects that were to be loaded. */
  sealed interface Outcome {
    /**
     * All of their rows are in.
     *
     * @param told how many rows the job says it wrote; BigQuery always says it, the public emulator
     *     never
     * @param jobs the id of the job; none if they were in by one that BigQuery has forgotten
     */
    record Loaded(OptionalLong told, List<String> jobs) implements Outcome {
      /** How many rows are in, or a number if the job does not say. */
      long rows(long untold) {
        return told.orElse(untold);
      }
    }

    /**
     * None of their rows is in, for BigQuery refuses one at least.
     *
     * @param detail what it says, without values
     */
    record Refused(String detail) implements Outcome {}
  }

  /**
   * Loads objects into a table. Where it went or changed since it was looked at, it is brought to
   * what it is to be, and the load is tried again.
   *
   * @param key what the objects' rows are known by in the table
   * @param locations of newline JSON
   */
  Outcome load(WantedTable wanted, List<String> key, List<String> locations, Deadline deadline)
      throws LoadException {
    Set<String> overcome = new HashSet<>();
    Backoff backoff = new Backoff();
    for (int changes = 0; ; changes++) {
      KnownTable table = evolution.current(wanted, deadline);
      try {
        JobOutcome outcome =
            jobs.run(ids.of(table, key), configuration(wanted, locations), overcome, deadline);
        if (outcome instanceof JobOutcome.Done done) {
          return new Outcome.Loaded(rows(done.job()), List.of(done.job().getJobId().getJob()));
        }
        JobOutcome.Failed failed = (JobOutcome.Failed) outcome;
        if (failed.meaning() == Meaning.DATA) {
          return new Outcome.Refused(BigQueryFailures.ofRow(failed.errors()));
        }
        overcome.add(failed.id());
        throw new LoadException(
            failed.meaning().error(),
            "job %s can't load into %s: %s"
                .formatted(
                    failed.id(),
                    wanted.name(),
                    failed.meaning() == Meaning.TABLE_CHANGED
                        ? "the table is not what it was"
                        : BigQueryFailures.said(failed.errors())));
      } catch (LoadException e) {
        boolean again = changes < MAX_CHANGES && !deadline.hasPassed();
        if (e.error() != LoadError.TABLE_CHANGED || !again) {
          throw e;
        }
        deadline.pause(backoff.next());
      }
    }
  }

  /** Waits while a load of that key runs, whoever began it. Nothing is started. */
  void awaitEnd(KnownTable table, List<String> key, Deadline deadline) throws LoadException {
    jobs.awaitEnd(ids.of(table, key), deadline);
  }

  /** Whether a load of that key is in the table as it is now. Nothing is started. */
  boolean isIn(KnownTable table, List<String> key, Deadline deadline) throws LoadException {
    return jobs.isDone(ids.of(table, key), deadline);
  }

  private LoadJobConfiguration configuration(WantedTable wanted, List<String> locations) {
    return LoadJobConfiguration.newBuilder(
            dataset.table(wanted.name()), locations, FormatOptions.json())
        .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
        .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND)
        .setMaxBadRecords(0)
        .setIgnoreUnknownValues(false)
        .build();
  }

  private static OptionalLong rows(Job job) {
    return job.getStatistics() instanceof LoadStatistics load && load.getOutputRows() != null
        ? OptionalLong.of(load.getOutputRows())
        : OptionalLong.empty();
  }
}
