package dev.millrace.publisher.micrometer;

import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publisher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A publisher's numbers as Micrometer meters, read when the registry asks: counters {@code
 * millrace.publisher.accepted}, {@code .delivered}, {@code .dropped} and {@code .refused} (both
 * with the tag {@code reason}); gauges {@code .queue.events}, {@code .queue.bytes}, {@code
 * .queue.fraction} and {@code .spool.events}. Needs {@code io.micrometer:micrometer-core}, which an
 * app adds itself.
 */
public final class PublisherMeters implements MeterBinder {
  private static final String PREFIX = "millrace.publisher.";

  private final Publisher publisher;

  public PublisherMeters(Publisher publisher) {
    this.publisher = Objects.requireNonNull(publisher, "publisher");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    count(registry, "accepted", Tags.empty(), "Events queued or spooled", DeliveryReport::accepted);
    count(registry, "delivered", Tags.empty(), "Events the broker has", DeliveryReport::delivered);
    for (Delivery.Reason reason : Delivery.Reason.values()) {
      if (reason != Delivery.Reason.REFUSED) {
        count(
            registry,
            "dropped",
            Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
            "Accepted events that were given up",
            report -> report.dropped().getOrDefault(reason, 0L));
      }
    }
    for (Outcome.Reason reason : Outcome.Reason.values()) {
      count(
          registry,
          "refused",
          Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
          "Calls that were refused",
          report -> report.refused().getOrDefault(reason, 0L));
    }
    Gauge.builder(PREFIX + "queue.events", publisher, p -> p.queueLevel().events())
        .description("Events that wait in memory for the broker")
        .register(registry);
    Gauge.builder(PREFIX + "queue.bytes", publisher, p -> p.queueLevel().bytes().bytes())
        .description("Bytes of the events that wait in memory")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder(PREFIX + "queue.fraction", publisher, p -> p.queueLevel().fraction())
        .description("How full the queue is, 0 to 1")
        .register(registry);
    Gauge.builder(PREFIX + "spool.events", publisher, p -> p.report().spooled())
        .description("Events that wait on disk")
        .register(registry);
  }

  private void count(
      MeterRegistry registry,
      String name,
      Tags tags,
      String description,
      ToLongFunction<DeliveryReport> number) {
    FunctionCounter.builder(PREFIX + name, publisher, p -> number.applyAsLong(p.report()))
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
