package dev.millrace.tests.bigquery;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Jobs as the pipeline makes them, by Google's client. */
final class Jobs {
  private static final long PAUSE_NANOS = 1_000_000;
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  private Jobs() {}

  static LoadJobConfiguration load(TableId table, List<String> uris) {
    return loading(table, uris).build();
  }

  /** Appends newline JSON to a table that is there. */
  static LoadJobConfiguration.Builder loading(TableId table, List<String> uris) {
    return LoadJobConfiguration.newBuilder(table, uris)
        .setFormatOptions(FormatOptions.json())
        .setCreateDisposition(CreateDisposition.CREATE_NEVER)
        .setWriteDisposition(WriteDisposition.WRITE_APPEND);
  }

  static Job start(BigQuery client, String jobId, JobConfiguration configuration) {
    return client.create(JobInfo.of(JobId.of(jobId), configuration));
  }

  /** The job when it is done, whether it failed or not. */
  static Job done(BigQuery client, Job job) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    Job now = client.getJob(job.getJobId());
    while (now.getStatus().getState() != JobStatus.State.DONE) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not done within 30 s: " + job.getJobId());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      now = client.getJob(job.getJobId());
    }
    return now;
  }

  /** A query's rows as texts, cells parted by {@code |}. */
  static List<String> query(BigQuery client, String sql) throws InterruptedException {
    return query(client, QueryJobConfiguration.of(sql));
  }

  static List<String> query(BigQuery client, QueryJobConfiguration query)
      throws InterruptedException {
    return texts(client.query(query).iterateAll());
  }

  static List<String> texts(Iterable<FieldValueList> rows) {
    List<String> texts = new ArrayList<>();
    for (FieldValueList row : rows) {
      texts.add(
          String.join("|", row.stream().map(FieldValue::getValue).map(String::valueOf).toList()));
    }
    return texts;
  }
}
