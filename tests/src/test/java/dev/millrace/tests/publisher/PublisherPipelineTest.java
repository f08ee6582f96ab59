package dev.millrace.tests.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.publisher.pubsub.PubSubTransportBuilder;
import dev.millrace.tests.process.LocalPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a call of the publisher to rows in a table, by the pipeline on a laptop. */
@Timeout(300)
class PublisherPipelineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int EVENTS = 5_000;

  @TempDir Path folder;

  private static PubSubTransportBuilder transport(LocalPipeline pipeline) {
    return PubSubTransport.builder(LocalPipeline.PROJECT, LocalPipeline.TOPIC)
        .endpoint(pipeline.address());
  }

  private static void publish(PubSubTransportBuilder transport, String event) {
    Publisher publisher = Publisher.builder(transport.build()).build();
    IntStream.range(0, EVENTS)
        .forEach(
            i ->
                publisher
                    .forUser("u-" + i % 10)
                    .track(event, Map.of("number", i, "half", i / 2.0)));
    assertThat(publisher.close(PATIENCE).delivered()).isEqualTo(EVENTS);
  }

  @Test
  void events_packedOrNot_areTheSameRows() throws Exception {
    try (LocalPipeline pipeline = LocalPipeline.in(folder).start()) {
      publish(transport(pipeline), "Plain Order");
      publish(transport(pipeline).packed(), "Packed Order");
      pipeline.dataset().awaitEventsRead(2 * EVENTS, PATIENCE);
      String columns =
          "select count(*), count(distinct _dlt_id), sum(properties__number),"
              + " sum(properties__half), count(distinct user_id) from ";
      List<List<Object>> plain = pipeline.dataset().rows(columns + "plain_order");
      List<List<Object>> packed = pipeline.dataset().rows(columns + "packed_order");
      assertThat(packed).isEqualTo(plain);
      assertThat(plain.get(0).get(0)).isEqualTo((long) EVENTS);
      assertThat(plain.get(0).get(1)).isEqualTo((long) EVENTS);
      assertThat(plain.get(0).get(4)).isEqualTo(10L);
    }
  }
}
