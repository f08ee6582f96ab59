package dev.millrace.publisher.http;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.batching.BatchLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/** Settings of an {@link HttpTransport}; the defaults are what Segment's API takes. */
public final class HttpTransportBuilder {
  private static final Duration DELAY = Duration.ofMillis(50);

  private final URI collector;
  private final String writeKey;
  private int maxBatchEvents = 1_000;
  private ByteCount maxBatchBytes = ByteCount.of(500_000);
  private ByteCount maxEventBytes = ByteCount.kibibytes(32);
  private Duration requestTimeout = Duration.ofSeconds(15);
  private Duration totalTimeout = Duration.ofMinutes(10);
  private Duration firstPause = Duration.ofMillis(500);
  private Clock clock = Clock.systemUTC();

  HttpTransportBuilder(URI collector, String writeKey) {
    this.collector = Objects.requireNonNull(collector, "collector");
    this.writeKey = Objects.requireNonNull(writeKey, "writeKey");
    if (collector.getHost() == null
        || !("http".equals(collector.getScheme()) || "https".equals(collector.getScheme()))) {
      throw new IllegalArgumentException(
          "not an http or https address, such as https://collect.example.com: " + collector);
    }
    if (writeKey.isBlank()) {
      throw new IllegalArgumentException("the write key is blank");
    }
  }

  /** How many events one request carries; 1,000 unless set, and Segment takes 2,500. */
  public HttpTransportBuilder maxBatchEvents(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("maxBatchEvents < 1: " + events);
    }
    maxBatchEvents = events;
    return this;
  }

  /** How large the body of one request is before compression; 500,000 bytes unless set. */
  public HttpTransportBuilder maxBatchBytes(ByteCount bytes) {
    maxBatchBytes = Objects.requireNonNull(bytes, "maxBatchBytes");
    return this;
  }

  /** How large one event may be: what the collector takes, 32 KiB unless set. */
  public HttpTransportBuilder maxEventBytes(ByteCount bytes) {
    maxEventBytes = Objects.requireNonNull(bytes, "maxEventBytes");
    return this;
  }

  /** How long one request may take; 15 s unless set. */
  public HttpTransportBuilder requestTimeout(Duration timeout) {
    requestTimeout = positive(timeout, "requestTimeout");
    return this;
  }

  /** How long one event is retried before it fails; 10 minutes unless set. */
  public HttpTransportBuilder totalTimeout(Duration timeout) {
    totalTimeout = positive(timeout, "totalTimeout");
    return this;
  }

  HttpTransportBuilder firstPause(Duration pause) {
    firstPause = pause;
    return this;
  }

  HttpTransportBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** The transport. Nothing is sent before the first event. */
  public HttpTransport build() {
    String path = collector.getPath() == null ? "" : collector.getPath().replaceAll("/+$", "");
    String credentials =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    return new HttpTransport(
        new HttpSettings(
            collector.resolve(path + "/v1/batch"),
            "Basic " + credentials,
            new BatchLimits(
                maxBatchEvents,
                ByteCount.of(maxBatchBytes.bytes() - BatchBody.ENVELOPE_BYTES),
                1,
                DELAY),
            new HttpSettings.Timing(requestTimeout, totalTimeout, firstPause),
            HttpClient.newBuilder().connectTimeout(requestTimeout).build(),
            clock),
        maxEventBytes);
  }

  private static Duration positive(Duration timeout, String name) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(name + " must be above zero: " + timeout);
    }
    return timeout;
  }
}
