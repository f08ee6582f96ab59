package dev.millrace.publisher;

import java.time.Duration;

/**
 * Publishes events without making the app wait. Every call returns at once and says what came of
 * it; every accepted event is delivered, left in the spool, or reported as dropped. Thread-safe.
 *
 * <pre>{@code
 * try (Publisher publisher = Publisher.builder(PubSubTransport.to("project", "topic")).build()) {
 *   publisher.track("Order Completed", Map.of("total", 12));
 * }
 * }</pre>
 *
 * <p>An app's own tests use {@link dev.millrace.publisher.testsupport.RecordingPublisher}.
 */
public interface Publisher extends AutoCloseable {
  /** How large one event may be: 1 MiB, the loader's limit too. A transport may take less. */
  int MAX_EVENT_BYTES = 1 << 20;

  /** Starts the making of a publisher over a transport. */
  static PublisherBuilder builder(Transport transport) {
    return new PublisherBuilder(transport);
  }

  /**
   * Publishes an event as it is, with a {@code messageId} and a {@code timestamp} where it has
   * none. The event is written before the call returns: it may be changed afterwards.
   *
   * <p>Values may be null, text, booleans, numbers (but for NaN and infinities), maps with text or
   * enum keys, iterables, arrays, records (their nulls are left out), {@link java.util.Optional},
   * Jackson nodes, {@code byte[]} (base64); as text: enums (their name), UUIDs, dates and times of
   * {@code java.time} and {@link java.util.Date} (ISO 8601), durations, URIs, locales, currencies.
   * Anything else refuses the event.
   *
   * @param event a map, a record or a Jackson object node
   */
  Publication publish(Object event);

  /**
   * Publishes bytes as they are: nothing is checked but their size, nothing is added. Meant for
   * tools; an app wants {@link #publish}.
   *
   * @param payload not copied: it must not change afterwards
   */
  Publication publishRaw(byte[] payload);

  /** Segment's calls, for nobody in particular, with the builder's context. */
  Tracker tracker();

  /** Segment's calls on behalf of a user. */
  default Tracker forUser(String userId) {
    return tracker().withUser(userId);
  }

  /** Segment's calls on behalf of somebody whose user id isn't known. */
  default Tracker forAnonymous(String anonymousId) {
    return tracker().withAnonymous(anonymousId);
  }

  /** {@link Tracker#track(String, Object)} for nobody in particular. */
  default Publication track(String event, Object properties) {
    return tracker().track(event, properties);
  }

  /** {@link Tracker#track(String, Object)} for nobody in particular, without properties. */
  default Publication track(String event) {
    return tracker().track(event, null);
  }

  /** {@link Tracker#identify} for this user. */
  default Publication identify(String userId, Object traits) {
    return forUser(userId).identify(traits);
  }

  /** {@link Tracker#page} for nobody in particular. */
  default Publication page(String name, Object properties) {
    return tracker().page(name, properties);
  }

  /** {@link Tracker#screen} for nobody in particular. */
  default Publication screen(String name, Object properties) {
    return tracker().screen(name, properties);
  }

  /** {@link Tracker#group} for this user. */
  default Publication group(String userId, String groupId, Object traits) {
    return forUser(userId).group(groupId, traits);
  }

  /** {@link Tracker#alias} for this user. */
  default Publication alias(String previousId, String userId) {
    return forUser(userId).alias(previousId);
  }

  /** What became of all events so far. */
  DeliveryReport report();

  /** How full the queue is now. */
  QueueLevel queueLevel();

  /**
   * Waits until what was accepted before the call is delivered or dropped, at most for {@code
   * timeout}; what is not settled by then stays queued. An interrupt ends the wait and stays set.
   */
  DeliveryReport flush(Duration timeout);

  /** {@link #close(Duration)} with 10 s. */
  @Override
  default void close() {
    close(Duration.ofSeconds(10));
  }

  /**
   * Takes no more events, delivers what is queued and lets go of the transport, all within {@code
   * timeout}. What is not delivered by then is written to the spool, which a disk does in a moment
   * even if time is up; without one it is dropped, and reported. Closing again changes nothing. An
   * interrupt counts as the deadline and stays set.
   */
  DeliveryReport close(Duration timeout);
}
