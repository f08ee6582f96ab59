package dev.millrace.publisher.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publication;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordingPublisherTest {
  @Test
  void events_areThoseOfTheCallsBefore_inOrder() {
    try (RecordingPublisher publisher = RecordingPublisher.create()) {
      publisher.track("a", Map.of("n", 1));
      publisher.track("b", Map.of("n", 2));
      publisher.track("a", Map.of("n", 3));
      assertThat(publisher.events()).hasSize(3);
      assertThat(publisher.events("a"))
          .extracting(event -> event.at("/properties/n").asInt())
          .containsExactly(1, 3);
    }
  }

  @Test
  void clear_forgetsThem() {
    try (RecordingPublisher publisher = RecordingPublisher.create()) {
      publisher.track("a");
      publisher.clear();
      publisher.track("b");
      assertThat(publisher.events()).hasSize(1);
    }
  }

  @Test
  void eventsThatTheRealOneRefuses_areRefused() {
    try (RecordingPublisher publisher = RecordingPublisher.create()) {
      assertThat(publisher.track("a", Map.of("t", new Thread())).isAccepted()).isFalse();
      assertThat(publisher.events()).isEmpty();
    }
  }

  @Test
  void fullQueue_refuses() {
    try (RecordingPublisher publisher = RecordingPublisher.withFullQueue()) {
      Publication publication = publisher.track("a");
      assertThat(((Outcome.Refused) publication.outcome()).reason())
          .isEqualTo(Outcome.Reason.QUEUE_FULL);
    }
  }

  @Test
  void missingBroker_drops() throws Exception {
    try (RecordingPublisher publisher = RecordingPublisher.withoutBroker()) {
      Publication publication = publisher.track("a");
      assertThat(publication.isAccepted()).isTrue();
      assertThat(publication.delivery().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .isInstanceOf(Delivery.Dropped.class);
    }
  }
}
