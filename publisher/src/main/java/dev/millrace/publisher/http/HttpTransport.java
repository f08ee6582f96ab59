package dev.millrace.publisher.http;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.Transport;
import dev.millrace.publisher.batching.EventBatcher;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Posts events to a collector that speaks Segment's tracking API ({@code /v1/batch}): Millrace's
 * own, or Segment's. Batches of up to 1,000 events and 500 KB, in gzip, four requests at once;
 * retries with the collector's {@code Retry-After}. Attributes of events, and so trace contexts,
 * are not carried: the API has no place for them.
 */
public final class HttpTransport implements Transport {
  private final ScheduledThreadPoolExecutor timer;
  private final EventBatcher batcher;
  private final Requests requests;
  private final ByteCount maxEventBytes;

  HttpTransport(HttpSettings settings, ByteCount maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-http");
              thread.setDaemon(true);
              return thread;
            });
    // What is scheduled is dropped, and failed, when the transport closes.
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.requests = new Requests(settings, timer);
    this.batcher = new EventBatcher(settings.limits(), timer, requests::add);
  }

  /**
   * A transport with default settings.
   *
   * @param collector such as {@code https://collect.example.com}; {@code /v1/batch} is added
   * @param writeKey tells the collector who sends
   */
  public static HttpTransport to(URI collector, String writeKey) {
    return builder(collector, writeKey).build();
  }

  /** Starts the making of a transport. */
  public static HttpTransportBuilder builder(URI collector, String writeKey) {
    return new HttpTransportBuilder(collector, writeKey);
  }

  @Override
  public CompletionStage<String> send(byte[] payload, Map<String, String> attributes) {
    requests.awaitRoom();
    return batcher.add(payload, Map.of());
  }

  @Override
  public void flush() {
    batcher.flush();
  }

  @Override
  public ByteCount maxEventBytes() {
    return maxEventBytes;
  }

  @Override
  public void close(Duration timeout) {
    batcher.flush();
    requests.close(timeout);
    timer.shutdownNow();
  }
}
