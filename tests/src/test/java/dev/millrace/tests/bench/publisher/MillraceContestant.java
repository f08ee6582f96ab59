package dev.millrace.tests.bench.publisher;

import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.WhenFull;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.publisher.pubsub.PubSubTransportBuilder;
import java.time.Duration;
import java.util.Map;

/** Our publisher with its defaults, but that a call waits while the queue is full. */
record MillraceContestant(Topics topics, int events, boolean packed) implements Contestant {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String name() {
    return packed ? "millrace, packed" : "millrace";
  }

  @Override
  public Client open() {
    PubSubTransportBuilder transport =
        PubSubTransport.builder(Topics.PROJECT, topics.fresh()).endpoint(topics.address());
    if (packed) {
      transport.packed();
    }
    Publisher publisher =
        Publisher.builder(transport.build()).whenFull(WhenFull.blockUpTo(PATIENCE)).build();
    return new Client() {
      @Override
      public void track(String event, Map<String, Object> properties) {
        publisher.track(event, properties);
      }

      @Override
      public long awaitDelivered() {
        return publisher.flush(PATIENCE).delivered();
      }

      @Override
      public long close() {
        return publisher.close(PATIENCE).delivered();
      }
    };
  }
}
