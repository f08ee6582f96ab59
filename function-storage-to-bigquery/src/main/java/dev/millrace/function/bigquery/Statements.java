package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * GoogleSQL, run by jobs. Statements that define something cost nothing; queries are billed.
 * Thread-safe.
 */
final class Statements {
  private final Calls calls;
  private final Jobs jobs;

  Statements(Calls calls, Jobs jobs) {
    this.calls = calls;
    this.jobs = jobs;
  }

  /**
   * Runs a statement that may be run any number of times, until it is done or the deadline comes.
   * That what it would make is there already is as good as done: the caller looks again.
   *
   * @throws LoadException {@link LoadError#TABLE_CHANGED} if its table is gone
   */
  void define(String sql, Deadline deadline) throws LoadException {
    run(QueryJobConfiguration.of(sql), "millrace_ddl_", deadline);
  }

  /** Runs a query, or a statement that changes rows, to its good end; each is billed. */
  Job run(QueryJobConfiguration statement, Deadline deadline) throws LoadException {
    return run(statement, "millrace_query_", deadline);
  }

  /** What a query or a statement that changes rows would read; it is not run. */
  QueryStatistics estimate(QueryJobConfiguration statement, Deadline deadline)
      throws LoadException {
    return jobs.dryRun(statement, deadline).getStatistics();
  }

  /** Runs a query and makes something of each row. */
  <T> List<T> query(QueryJobConfiguration query, Function<FieldValueList, T> row, Deadline deadline)
      throws LoadException {
    Job job = run(query, deadline);
    return calls.call("read a query's result", deadline, client -> rows(job, row));
  }

  private Job run(QueryJobConfiguration statement, String prefix, Deadline deadline)
      throws LoadException {
    Backoff backoff = new Backoff();
    while (true) {
      Job job = jobs.once(prefix + UUID.randomUUID(), statement, deadline);
      List<BigQueryError> errors = BigQueryFailures.errors(job.getStatus());
      if (errors.isEmpty()) {
        return job;
      }
      Meaning meaning = BigQueryFailures.ofStatement(errors);
      if (meaning == Meaning.EXISTS) {
        return job;
      }
      if (!meaning.passes() || deadline.hasPassed()) {
        throw new LoadException(
            meaning.error(),
            "BigQuery can't run %s: %s"
                .formatted(start(statement.getQuery()), BigQueryFailures.said(errors)));
      }
      deadline.pause(backoff.next());
    }
  }

  private static <T> List<T> rows(Job job, Function<FieldValueList, T> row) {
    List<T> rows = new ArrayList<>();
    try {
      job.getQueryResults().iterateAll().forEach(values -> rows.add(row.apply(values)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BigQueryException(0, "told to stop", e);
    }
    return rows;
  }

  /** What a statement is about, which it says first. */
  private static String start(String sql) {
    int end = sql.indexOf('(');
    return (end < 0 ? sql : sql.substring(0, end)).strip();
  }
}
