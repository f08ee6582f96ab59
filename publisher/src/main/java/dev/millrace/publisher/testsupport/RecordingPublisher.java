package dev.millrace.publisher.testsupport;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.PublisherBuilder;
import dev.millrace.publisher.QueueLevel;
import dev.millrace.publisher.Tracker;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A publisher for the unit tests of apps: the real one, over a broker in memory. What an event may
 * be, what it becomes as JSON and which calls are refused is as in production. Thread-safe.
 *
 * <pre>{@code
 * RecordingPublisher publisher = RecordingPublisher.create();
 * new Checkout(publisher).complete(order);
 * assertEquals(12, publisher.events("Order Completed").get(0).at("/properties/total").asInt());
 * }</pre>
 */
public final class RecordingPublisher implements Publisher {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RecordingTransport broker;
  private final Publisher publisher;

  private RecordingPublisher(RecordingTransport broker, UnaryOperator<PublisherBuilder> settings) {
    this.broker = broker;
    this.publisher = settings.apply(Publisher.builder(broker)).build();
  }

  /** Takes and keeps every event. */
  public static RecordingPublisher create() {
    return with(settings -> settings);
  }

  /** The same with the settings that the app uses, or with a fixed clock and known ids. */
  public static RecordingPublisher with(UnaryOperator<PublisherBuilder> settings) {
    return new RecordingPublisher(new RecordingTransport(false), settings);
  }

  /** Refuses every event, as a full queue does. */
  public static RecordingPublisher withFullQueue() {
    return with(settings -> settings.maxQueuedBytes(ByteCount.of(1)));
  }

  /** Takes every event and drops it, as where the broker can't be reached. */
  public static RecordingPublisher withoutBroker() {
    return new RecordingPublisher(new RecordingTransport(true), settings -> settings);
  }

  /** All events so far, in the order of their calls. */
  public List<JsonNode> events() {
    publisher.flush(PATIENCE);
    return broker.payloads().stream()
        .map(payload -> JsonMapper.shared().readTree(payload))
        .toList();
  }

  /** Those of this name: the {@code event} of {@link #track}. */
  public List<JsonNode> events(String name) {
    return events().stream()
        .filter(event -> name.equals(event.path("event").asString("")))
        .toList();
  }

  /** Forgets all events so far. */
  public void clear() {
    publisher.flush(PATIENCE);
    broker.clear();
  }

  @Override
  public Publication publish(Object event) {
    return publisher.publish(event);
  }

  @Override
  public Publication publishRaw(byte[] payload) {
    return publisher.publishRaw(payload);
  }

  @Override
  public Tracker tracker() {
    return publisher.tracker();
  }

  @Override
  public DeliveryReport report() {
    return publisher.report();
  }

  @Override
  public QueueLevel queueLevel() {
    return publisher.queueLevel();
  }

  @Override
  public DeliveryReport flush(Duration timeout) {
    return publisher.flush(timeout);
  }

  @Override
  public DeliveryReport close(Duration timeout) {
    return publisher.close(timeout);
  }
}
