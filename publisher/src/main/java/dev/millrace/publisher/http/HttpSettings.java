package dev.millrace.publisher.http;

import dev.millrace.publisher.batching.BatchLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;

/** What a transport needs to know. */
record HttpSettings(
    URI batchUri,
    String authorization,
    BatchLimits limits,
    Timing timing,
    HttpClient client,
    Clock clock) {
  /**
   * How long things may take.
   *
   * @param request one request
   * @param total a batch, with its retries
   * @param firstPause before the first retry; they double up to a minute
   */
  record Timing(Duration request, Duration total, Duration firstPause) {}

  /** Without the write key. */
  @Override
  public String toString() {
    return batchUri.toString();
  }
}
