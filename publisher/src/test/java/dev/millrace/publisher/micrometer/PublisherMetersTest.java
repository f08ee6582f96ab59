package dev.millrace.publisher.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.testsupport.RecordingPublisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublisherMetersTest {
  @Test
  void meters_showThePublishersNumbers() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (RecordingPublisher publisher = RecordingPublisher.create()) {
      new PublisherMeters(publisher).bindTo(registry);
      publisher.track("a");
      publisher.track(" ", null);
      publisher.flush(Duration.ofSeconds(30));
      assertThat(registry.get("millrace.publisher.accepted").functionCounter().count())
          .isEqualTo(1);
      assertThat(registry.get("millrace.publisher.delivered").functionCounter().count())
          .isEqualTo(1);
      assertThat(
              registry
                  .get("millrace.publisher.refused")
                  .tag("reason", "invalid")
                  .functionCounter()
                  .count())
          .isEqualTo(1);
      assertThat(registry.get("millrace.publisher.queue.events").gauge().value()).isZero();
      assertThat(registry.get("millrace.publisher.queue.fraction").gauge().value()).isZero();
      assertThat(registry.get("millrace.publisher.spool.events").gauge().value()).isZero();
      assertThat(registry.get("millrace.publisher.queue.bytes").gauge().value()).isZero();
    }
    assertThat(registry.find("millrace.publisher.dropped").functionCounters()).hasSize(3);
  }
}
