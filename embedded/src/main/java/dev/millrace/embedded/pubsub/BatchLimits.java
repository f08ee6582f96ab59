package dev.millrace.embedded.pubsub;

import java.time.Duration;
import java.util.Objects;

/**
 * When a batch is finalised: at whichever limit comes first. A publish request is never split over
 * two batches, so a batch is over {@code maxBytes} only where one request alone is (in Avro, or by
 * its framing).
 *
 * @param maxDuration since the batch was started, 1 s to 10 min (the cloud's least is 1 min)
 * @param maxBytes of the object, 1 KB to 10 GiB
 * @param maxMessages 1,000 or more, as in the cloud
 */
public record BatchLimits(Duration maxDuration, long maxBytes, long maxMessages) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long FEWEST_BYTES = 1_000;
  private static final long MOST_BYTES = 10L << 30;
  private static final long FEWEST_MESSAGES = 1_000;

  public BatchLimits {
    Objects.requireNonNull(maxDuration, "maxDuration");
    if (maxDuration.compareTo(SHORTEST) < 0 || maxDuration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A batch may last from 1 s to 10 min, not "
              + maxDuration
              + ". (In the cloud from 1 min to 10 min.)");
    }
    if (maxBytes < FEWEST_BYTES || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "A batch may have at most from 1 KB (1000) to 10 GiB (10737418240) bytes, not "
              + maxBytes
              + ".");
    }
    if (maxMessages < FEWEST_MESSAGES) {
      throw new IllegalArgumentException(
          "The most messages of a batch must be 1000 or more, as in the cloud, not "
              + maxMessages
              + ".");
    }
  }

  /** Windows of that length, and no other limit than the cloud's own. */
  public static BatchLimits windows(Duration maxDuration) {
    return new BatchLimits(maxDuration, MOST_BYTES, Long.MAX_VALUE);
  }
}
