package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.Collector;
import dev.millrace.collector.CollectorParts;
import dev.millrace.collector.CollectorServer;
import dev.millrace.collector.http.ClientAddress;
import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.sources.WriteKeys;
import dev.millrace.collector.topic.EventTopic;
import dev.millrace.collector.topic.TopicFullException;
import dev.millrace.loader.settings.ClientIp;
import dev.millrace.loader.settings.CollectorSettings;
import dev.millrace.loader.settings.SourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Segment's libraries do when the collector can't take their events. */
@Timeout(600)
class SegmentFaultsTest {
  private static final int CALLS = SegmentSdk.CALLS;
  private static final String ALL = "succeeded=" + CALLS + " failed=0";
  private static final String NONE = "succeeded=0 failed=" + CALLS;

  /** A topic whose first messages fail. */
  private static final class FailingTopic implements EventTopic {
    private final AtomicInteger failures;
    private final RuntimeException failure;
    private final AtomicInteger taken = new AtomicInteger();

    private FailingTopic(int failures, RuntimeException failure) {
      this.failures = new AtomicInteger(failures);
      this.failure = failure;
    }

    @Override
    public CompletableFuture<Void> publish(byte[] data, Map<String, String> attributes) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return CompletableFuture.failedFuture(failure);
      }
      taken.incrementAndGet();
      return CompletableFuture.completedFuture(null);
    }
  }

  private static FailingTopic healthy() {
    return new FailingTopic(0, null);
  }

  /** A collector of this process. */
  private record Served(Collector collector, CollectorServer server) implements AutoCloseable {
    static Served over(EventTopic events, EventTopic deadLetters, int eventBytes) throws Exception {
      Collector collector =
          new Collector(
              new CollectorParts(
                  new CollectorParts.Topics(events, deadLetters),
                  WriteKeys.of(Map.of("the-key", "shop")),
                  id -> false,
                  new CollectorSettings(
                      Map.of(),
                      new SourceSettings(Set.of(), eventBytes, 500_000, ClientIp.WHOLE, false)),
                  new ClientAddress(0),
                  Optional.empty()),
              Clock.systemUTC(),
              64 << 20);
      return new Served(
          collector,
          CollectorServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), collector));
    }

    String address() {
      return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  static Stream<Arguments> sdksAndFailures() {
    return Stream.of(SegmentSdk.values())
        .flatMap(
            sdk ->
                Stream.of(new IllegalStateException("down"), new TopicFullException(null))
                    .map(failure -> Arguments.of(sdk, failure)));
  }

  @ParameterizedTest
  @MethodSource("sdksAndFailures")
  void whatTheTopicDoesNotTakeAtOnceIsSentAgainAndArrives(SegmentSdk sdk, RuntimeException failure)
      throws Exception {
    FailingTopic topic = new FailingTopic(1, failure);
    try (Served collector = Served.over(topic, healthy(), 32 << 10)) {
      assertThat(sdk.send(collector.address(), "the-key", 0)).isEqualTo(ALL);

      assertThat(collector.collector().tally().acceptedEvents()).isEqualTo(CALLS);
      Refusal refusal =
          failure instanceof TopicFullException ? Refusal.OVERLOADED : Refusal.TOPIC_UNAVAILABLE;
      assertThat(collector.collector().tally().refusedRequests(refusal)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentSdk.class)
  void aWrongKeyIsAFailureAndNothingIsTaken(SegmentSdk sdk) throws Exception {
    FailingTopic topic = healthy();
    try (Served collector = Served.over(topic, healthy(), 32 << 10)) {
      assertThat(sdk.send(collector.address(), "wrong", 0)).isEqualTo(NONE);

      assertThat(topic.taken).hasValue(0);
      assertOneRequestUnlessItRetriesAll(sdk, collector);
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentSdk.class)
  void eventsThatAreTooLargeAreAFailureAndAreDeadLetters(SegmentSdk sdk) throws Exception {
    FailingTopic topic = healthy();
    FailingTopic deadLetters = healthy();
    try (Served collector = Served.over(topic, deadLetters, 20)) {
      assertThat(sdk.send(collector.address(), "the-key", 0)).isEqualTo(NONE);

      assertThat(topic.taken).hasValue(0);
      assertThat(deadLetters.taken).hasPositiveValue();
      assertOneRequestUnlessItRetriesAll(sdk, collector);
    }
  }

  /** analytics-go sends again whatever it is answered. */
  private static void assertOneRequestUnlessItRetriesAll(SegmentSdk sdk, Served collector) {
    if (sdk != SegmentSdk.GO) {
      assertThat(collector.collector().tally().requests()).isEqualTo(1);
    }
  }
}
