package dev.millrace.publisher;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Carries payloads to a broker. One thread of one publisher sends and flushes; {@link #close} may
 * come from any thread.
 */
public interface Transport {
  /**
   * Hands over one message. It may wait while the broker is slow: the publisher's queue is what
   * stays bounded meanwhile.
   *
   * @return completes with the broker's id when the broker has the message; fails, at best with a
   *     {@link TransportException} whose message is meant for a person, when the transport gives up
   */
  CompletionStage<String> send(byte[] payload, Map<String, String> attributes);

  /** Starts sending what is held back to fill a batch; doesn't wait for it. */
  void flush();

  /** Lets go of threads and connections, within {@code timeout}. What is under way may be lost. */
  void close(Duration timeout);

  /** What one event may have; {@link Publisher#MAX_EVENT_BYTES} unless the broker takes less. */
  default ByteCount maxEventBytes() {
    return ByteCount.of(Publisher.MAX_EVENT_BYTES);
  }
}
