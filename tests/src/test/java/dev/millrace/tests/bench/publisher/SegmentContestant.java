package dev.millrace.tests.bench.publisher;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.TrackMessage;
import dev.millrace.tests.process.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Segment's analytics-java with its defaults, posting to a server here that answers at once. */
record SegmentContestant(AnsweringServer server, int events) implements Contestant {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "analytics-java 3.5.4";
  }

  @Override
  public Client open() {
    return new SegmentClient(server);
  }

  private static final class SegmentClient implements Client {
    private final AtomicLong enqueued = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Analytics analytics;

    SegmentClient(AnsweringServer server) {
      analytics =
          Analytics.builder("key")
              .endpoint(server.address())
              .callback(
                  new Callback() {
                    @Override
                    public void success(Message message) {
                      delivered.incrementAndGet();
                    }

                    @Override
                    public void failure(Message message, Throwable failure) {
                      failed.incrementAndGet();
                    }
                  })
              .build();
    }

    @Override
    public void track(String event, Map<String, Object> properties) {
      enqueued.incrementAndGet();
      analytics.enqueue(TrackMessage.builder(event).userId("u-1").properties(properties));
    }

    @Override
    public long awaitDelivered() throws Exception {
      Eventually.until(
          "all is answered",
          PATIENCE,
          () -> {
            analytics.flush();
            return delivered.get() + failed.get() == enqueued.get();
          });
      return delivered.get();
    }

    @Override
    public long close() {
      analytics.shutdown();
      return delivered.get();
    }
  }
}
