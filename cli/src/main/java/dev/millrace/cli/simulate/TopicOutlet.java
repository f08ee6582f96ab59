package dev.millrace.cli.simulate;

import dev.millrace.cli.console.Failure;
import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.TransportException;
import dev.millrace.publisher.pubsub.PubSubTransport;
import dev.millrace.publisher.pubsub.PubSubTransportBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Sends events to a Pub/Sub topic by our own publisher. */
public final class TopicOutlet implements Outlet {
  private static final int MOST_UNDER_WAY = 5_000;
  private static final Duration RETRIES = Duration.ofSeconds(20);

  private final Publisher publisher;
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<String> firstReason = new AtomicReference<>();
  private long sent;

  private TopicOutlet(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Connects to a topic.
   *
   * @param endpoint {@code host:port} of a Pub/Sub that wants no credentials, or null for Google's
   */
  public static TopicOutlet open(String endpoint, String project, String topic) {
    try {
      PubSubTransportBuilder transport =
          PubSubTransport.builder(project, topic).totalTimeout(RETRIES);
      if (endpoint != null) {
        transport.endpoint(endpoint);
      }
      return new TopicOutlet(
          Publisher.builder(transport.build())
              .maxQueuedEvents(MOST_UNDER_WAY)
              .maxQueuedBytes(ByteCount.of(Long.MAX_VALUE))
              .build());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(e.getMessage(), e);
    } catch (TransportException e) {
      throw Failure.failed(e.getMessage(), e);
    }
  }

  @Override
  public void send(Map<String, Object> event) throws InterruptedException {
    room.acquire();
    settle(publisher.publish(event));
  }

  @Override
  public void sendRaw(byte[] payload) throws InterruptedException {
    room.acquire();
    settle(publisher.publishRaw(payload));
  }

  private void settle(Publication publication) {
    sent++;
    if (publication.outcome() instanceof Outcome.Refused refused) {
      firstReason.compareAndSet(null, refused.detail());
    }
    publication
        .delivery()
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Dropped dropped) {
                firstReason.compareAndSet(null, dropped.detail());
              } else {
                acknowledged.incrementAndGet();
              }
              room.release();
            });
  }

  @Override
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.ofNullable(firstReason.get());
  }

  @Override
  public Result finish(Duration patience) {
    DeliveryReport report = publisher.close(patience);
    return new Result(report.delivered(), sent - report.delivered(), firstReason.get());
  }
}
