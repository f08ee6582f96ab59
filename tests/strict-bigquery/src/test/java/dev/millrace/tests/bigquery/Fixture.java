package dev.millrace.tests.bigquery;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.function.Executable;

/** A strict BigQuery with a bucket and an empty dataset {@code d}, and Google's client to it. */
final class Fixture implements AutoCloseable {
  static final String PROJECT = "p";

  /**
   * Long ago: of a job made in the last 24 hours Google's client keeps a 409 to itself and gives
   * the job, and the refusals would not be seen.
   */
  final SettableClock clock = new SettableClock(Instant.parse("2001-11-26T10:00:00Z"));

  final ObjectServer objects;
  final StrictBigQuery server;
  final BigQuery client;

  Fixture() throws Exception {
    this(settings -> settings);
  }

  Fixture(UnaryOperator<StrictBigQuerySettings> settings) throws Exception {
    objects = new ObjectServer();
    server =
        StrictBigQuery.start(
            settings.apply(StrictBigQuerySettings.of(objects.endpoint()).withClock(clock)));
    client = client(server.host());
    client.create(DatasetInfo.of("d"));
    server.forgetCalls();
  }

  /** Google's client; it tries everything once. */
  static BigQuery client(String host) {
    RetrySettings once =
        RetrySettings.newBuilder()
            .setMaxAttempts(1)
            .setTotalTimeoutDuration(Duration.ofSeconds(30))
            .build();
    return BigQueryOptions.newBuilder()
        .setProjectId(PROJECT)
        .setHost(host)
        .setCredentials(NoCredentials.getInstance())
        .setRetrySettings(once)
        .build()
        .getService();
  }

  List<String> query(String sql) throws InterruptedException {
    return Jobs.query(client, sql);
  }

  /** The error that a statement is refused with. */
  BigQueryError refusal(String sql) {
    return refusal(() -> query(sql));
  }

  /** The error that a call is refused with. */
  static BigQueryError refusal(Executable call) {
    try {
      call.execute();
    } catch (BigQueryException e) {
      return e.getError();
    } catch (Throwable e) {
      throw new AssertionError("failed, but was not refused", e);
    }
    throw new AssertionError("was not refused");
  }

  static LoadJobConfiguration.Builder load(String table, String... uris) {
    return Jobs.loading(TableId.of("d", table), List.of(uris));
  }

  /** Loads lines into a table of {@code d} by a job of that id, and returns it when it is done. */
  Job loaded(String jobId, String table, String... lines) {
    return run(jobId, load(table, objects.put(jobId + ".jsonl", lines)).build());
  }

  Job run(String jobId, LoadJobConfiguration load) {
    return Jobs.done(client, Jobs.start(client, jobId, load));
  }

  @Override
  public void close() {
    server.close();
    objects.close();
  }
}
