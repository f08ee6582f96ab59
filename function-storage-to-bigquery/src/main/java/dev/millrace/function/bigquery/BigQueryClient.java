package dev.millrace.function.bigquery;

import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Google's client for BigQuery, made when it is first asked for: that costs a cold start some of
 * its time. It tries nothing again by itself, for only the warehouse knows the deadline.
 * Thread-safe.
 */
public final class BigQueryClient implements Supplier<BigQuery> {
  private static final int CONNECT_MILLIS = 10_000;

  /**
   * By so much a call may outlive a deadline. BigQuery answers a call in seconds, or not at all.
   */
  private static final int READ_MILLIS = 20_000;

  private final Supplier<BigQueryOptions.Builder> where;
  private final String project;
  private final int readMillis;
  private BigQuery client;

  private BigQueryClient(Supplier<BigQueryOptions.Builder> where, String project, int readMillis) {
    this.where = where;
    this.project = Objects.requireNonNull(project, "project");
    this.readMillis = readMillis;
  }

  /**
   * The service itself, with the credentials of the environment.
   *
   * @param project that jobs run in
   */
  public static BigQueryClient ofGoogle(String project) {
    return new BigQueryClient(BigQueryOptions::newBuilder, project, READ_MILLIS);
  }

  /**
   * An emulator, without credentials.
   *
   * @param url such as {@code http://127.0.0.1:9050}
   */
  public static BigQueryClient ofEmulator(String url, String project) {
    return ofEmulator(url, project, READ_MILLIS);
  }

  /**
   * The same.
   *
   * @param readMillis how long a call waits for its answer
   */
  static BigQueryClient ofEmulator(String url, String project, int readMillis) {
    Objects.requireNonNull(url, "url");
    return new BigQueryClient(
        () -> BigQueryOptions.newBuilder().setHost(url).setCredentials(NoCredentials.getInstance()),
        project,
        readMillis);
  }

  @Override
  public synchronized BigQuery get() {
    if (client == null) {
      client =
          where
              .get()
              .setProjectId(project)
              .setRetrySettings(ServiceOptions.getNoRetrySettings())
              .setTransportOptions(
                  HttpTransportOptions.newBuilder()
                      .setConnectTimeout(CONNECT_MILLIS)
                      .setReadTimeout(readMillis)
                      .build())
              .build()
              .getService();
    }
    return client;
  }
}
