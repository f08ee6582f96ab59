package dev.millrace.tests.bigquery;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A strict BigQuery with a bucket and an empty dataset {@code d}, and Google's client to it. */
final class Fixture implements AutoCloseable {
  static final String PROJECT = "p";

  final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T10:00:00Z"));
  final ObjectServer objects;
  final StrictBigQuery server;
  final BigQuery client;

  Fixture(UnaryOperator<StrictBigQuerySettings> settings) throws Exception {
    objects = new ObjectServer();
    server =
        StrictBigQuery.start(
            settings.apply(StrictBigQuerySettings.of(objects.endpoint()).withClock(clock)));
    client = client(server.host());
    client.create(DatasetInfo.of("d"));
    server.forgetCalls();
  }

  Fixture() throws Exception {
    this(settings -> settings);
  }

  /** Google's client; it tries everything once. */
  static BigQuery client(String host) {
    return BigQueryOptions.newBuilder()
        .setProjectId(PROJECT)
        .setHost(host)
        .setCredentials(NoCredentials.getInstance())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(1)
                .setTotalTimeoutDuration(Duration.ofSeconds(20))
                .build())
        .build()
        .getService();
  }

  /** Runs a query and returns its rows as texts, cells parted by {@code |}. */
  List<String> query(String sql) throws InterruptedException {
    return query(QueryJobConfiguration.of(sql));
  }

  List<String> query(QueryJobConfiguration query) throws InterruptedException {
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

  /** The error that BigQuery refuses a statement with. */
  BigQueryError refusal(String sql) throws InterruptedException {
    try {
      client.query(QueryJobConfiguration.of(sql));
    } catch (BigQueryException e) {
      return e.getError();
    }
    throw new AssertionError("was not refused: " + sql);
  }

  static LoadJobConfiguration.Builder load(String table, String... uris) {
    return LoadJobConfiguration.newBuilder(TableId.of("d", table), List.of(uris))
        .setFormatOptions(FormatOptions.json())
        .setCreateDisposition(JobInfo.CreateDisposition.CREATE_NEVER)
        .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND);
  }

  /** Loads lines into a table by a job of that id, and returns the job when it is done. */
  Job loaded(String jobId, String table, String... lines) throws InterruptedException {
    return run(jobId, load(table, objects.put(jobId + ".jsonl", lines)).build());
  }

  Job run(String jobId, LoadJobConfiguration load) throws InterruptedException {
    return done(client.create(JobInfo.of(JobId.of(jobId), load)));
  }

  /** The job when it is done, whether it failed or not. */
  Job done(Job job) throws InterruptedException {
    Job now = client.getJob(job.getJobId());
    while (now.getStatus().getState() != JobStatus.State.DONE) {
      LockSupport.parkNanos(1_000_000);
      now = client.getJob(job.getJobId());
    }
    return now;
  }

  @Override
  public void close() {
    server.close();
    objects.close();
  }
}
