package dev.millrace.function.storage;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Google's client for Cloud Storage, made when it is first asked for: that costs a cold start some
 * of its time. It speaks HTTP and JSON, whose classes load in a fraction of gRPC's time.
 * Thread-safe.
 */
public final class StorageClient {
  /** How long a call that fails is tried again, unless another time is given. */
  private static final Duration RETRIED_FOR = Duration.ofSeconds(60);

  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private static final StorageClient GOOGLE =
      new StorageClient(
          StorageOptions::newBuilder, RETRIED_FOR, Duration.ofMillis(250), Duration.ofSeconds(30));

  private final Supplier<StorageOptions.Builder> where;
  private final Duration retriedFor;
  private final Duration firstPause;
  private final int readMillis;
  private Storage client;

  private StorageClient(
      Supplier<StorageOptions.Builder> where,
      Duration retriedFor,
      Duration firstPause,
      Duration longestSilence) {
    this.where = where;
    this.retriedFor = retriedFor;
    this.firstPause = firstPause;
    this.readMillis = Math.toIntExact(longestSilence.toMillis());
  }

  /** The service itself, with the credentials of the environment. A process has one. */
  public static StorageClient ofGoogle() {
    return GOOGLE;
  }

  /**
   * The emulator that the environment names in {@code STORAGE_EMULATOR_HOST}, with or without its
   * scheme; the service itself if it names none.
   */
  public static StorageClient ofEnvironment(Map<String, String> environment) {
    String host = Objects.requireNonNullElse(environment.get("STORAGE_EMULATOR_HOST"), "");
    if (host.isBlank()) {
      return ofGoogle();
    }
    return ofEmulator(host.contains("://") ? host : "http://" + host);
  }

  /**
   * An emulator, without credentials.
   *
   * @param url such as {@code http://127.0.0.1:4443}
   */
  public static StorageClient ofEmulator(String url) {
    return ofEmulator(url, RETRIED_FOR, Duration.ofSeconds(30));
  }

  /**
   * The same.
   *
   * @param retriedFor how long a call that fails is tried again
   * @param longestSilence of a connection that is waited on
   */
  static StorageClient ofEmulator(String url, Duration retriedFor, Duration longestSilence) {
    Objects.requireNonNull(url, "url");
    return new StorageClient(
        () ->
            StorageOptions.newBuilder()
                .setHost(url)
                .setProjectId("emulated")
                .setCredentials(NoCredentials.getInstance()),
        retriedFor,
        Duration.ofMillis(20),
        longestSilence);
  }

  synchronized Storage get() {
    if (client == null) {
      client =
          where
              .get()
              .setTransportOptions(
                  HttpTransportOptions.newBuilder()
                      .setConnectTimeout(CONNECT_MILLIS)
                      .setReadTimeout(readMillis)
                      .build())
              .setRetrySettings(
                  RetrySettings.newBuilder()
                      .setInitialRetryDelayDuration(firstPause)
                      .setRetryDelayMultiplier(2)
                      .setMaxRetryDelayDuration(LONGEST_PAUSE)
                      .setTotalTimeoutDuration(retriedFor)
                      .build())
              // Every call of this package may be repeated: it reads, deletes, writes the same
              // bytes to a name of its own, or writes under a precondition and knows its own write.
              .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
              .build()
              .getService();
    }
    return client;
  }
}
