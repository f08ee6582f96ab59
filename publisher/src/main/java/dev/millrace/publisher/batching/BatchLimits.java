package dev.millrace.publisher.batching;

import dev.millrace.publisher.ByteCount;
import java.time.Duration;
import java.util.Objects;

/**
 * When a batch is full.
 *
 * @param maxEvents at most so many
 * @param maxBytes of their payloads together, and {@code extraBytes} for each
 * @param extraBytes what surrounds each payload
 * @param delay how long the first event waits for others
 */
public record BatchLimits(int maxEvents, ByteCount maxBytes, int extraBytes, Duration delay) {
  public BatchLimits {
    Objects.requireNonNull(maxBytes, "maxBytes");
    Objects.requireNonNull(delay, "delay");
    if (maxEvents < 1) {
      throw new IllegalArgumentException("maxEvents < 1: " + maxEvents);
    }
  }

  boolean fits(EventBatch batch, byte[] payload) {
    long bytes = batch.bytes() + payload.length + (long) (batch.size() + 1) * extraBytes;
    return batch.size() < maxEvents && bytes <= maxBytes.bytes();
  }
}
