package dev.millrace.tests.publisher;

import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.SpoolSettings;
import dev.millrace.publisher.pubsub.PubSubTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * An app that publishes until it is killed. It prints {@code S id} when a call has said that its
 * event is spooled, and {@code D id} when an event is delivered.
 */
final class PublishingProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long BETWEEN_NANOS = 300_000;
  private static final int QUEUE = 500;

  private PublishingProcess() {}

  /** Address of Pub/Sub, project, topic, folder of the spool, and a word before the ids, if any. */
  public static void main(String[] arguments) {
    Publisher publisher =
        Publisher.builder(
                PubSubTransport.builder(arguments[1], arguments[2]).endpoint(arguments[0]).build())
            .maxQueuedEvents(QUEUE)
            .spool(SpoolSettings.in(Path.of(arguments[3])).forEveryEvent())
            .listener(PublishingProcess::settled)
            .build();
    if (arguments.length > 4) {
      publish(publisher, arguments[4]);
    } else {
      DeliveryReport report = publisher.close(PATIENCE);
      System.out.println("left " + report.spooled() + " " + report);
    }
  }

  private static void publish(Publisher publisher, String prefix) {
    for (int i = 0; ; i++) {
      String id = prefix + "-" + i;
      Publication publication =
          publisher.publish(Map.of("messageId", id, "event", "e", "text", "x".repeat(i % 500)));
      if (publication.outcome() instanceof Outcome.Spooled) {
        System.out.println("S " + id);
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  private static void settled(String messageId, Delivery delivery) {
    if (delivery instanceof Delivery.Delivered) {
      System.out.println("D " + messageId);
    }
  }
}
