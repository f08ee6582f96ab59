package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.topic.TopicFullException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Segment's libraries do when the collector can't take their events. */
@Tag("once")
@Timeout(600)
class SegmentFaultsTest {
  private static final int CALLS = SegmentSdk.CALLS;
  private static final String ALL = "succeeded=" + CALLS + " failed=0";
  private static final String NONE = "succeeded=0 failed=" + CALLS;

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
    FailingTopic topic = FailingTopic.once(failure);
    try (ServedCollector collector = ServedCollector.over(topic, FailingTopic.never(), 32 << 10)) {
      assertThat(sdk.send(collector.address(), "the-key", 0)).isEqualTo(ALL);

      assertThat(collector.tally().acceptedEvents()).isEqualTo(CALLS);
      Refusal refusal =
          failure instanceof TopicFullException ? Refusal.OVERLOADED : Refusal.TOPIC_UNAVAILABLE;
      assertThat(collector.tally().refusedRequests(refusal)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentSdk.class)
  void aWrongKeyIsAFailureAndNothingIsTaken(SegmentSdk sdk) throws Exception {
    FailingTopic topic = FailingTopic.never();
    try (ServedCollector collector = ServedCollector.over(topic, FailingTopic.never(), 32 << 10)) {
      assertThat(sdk.send(collector.address(), "wrong", 0)).isEqualTo(NONE);

      assertThat(topic.taken()).isZero();
      assertOneRequestUnlessItRetriesAll(sdk, collector);
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentSdk.class)
  void eventsThatAreTooLargeAreAFailureAndAreDeadLetters(SegmentSdk sdk) throws Exception {
    FailingTopic topic = FailingTopic.never();
    FailingTopic deadLetters = FailingTopic.never();
    try (ServedCollector collector = ServedCollector.over(topic, deadLetters, 20)) {
      assertThat(sdk.send(collector.address(), "the-key", 0)).isEqualTo(NONE);

      assertThat(topic.taken()).isZero();
      assertThat(deadLetters.taken()).isPositive();
      assertOneRequestUnlessItRetriesAll(sdk, collector);
    }
  }

  /** analytics-go sends again whatever it is answered. */
  private static void assertOneRequestUnlessItRetriesAll(
      SegmentSdk sdk, ServedCollector collector) {
    if (sdk != SegmentSdk.GO) {
      assertThat(collector.tally().requests()).isEqualTo(1);
    }
  }
}
