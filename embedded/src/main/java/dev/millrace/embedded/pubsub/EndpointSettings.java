package dev.millrace.embedded.pubsub;

import java.time.Duration;
import java.util.Objects;

/**
 * What the endpoint serves and how it batches.
 *
 * @param port of 127.0.0.1; 0 takes a free one
 */
public record EndpointSettings(
    TopicNames names, ObjectNames objects, BatchLimits limits, BatchFormat format, int port) {
  private static final int HIGHEST_PORT = 65_535;

  public EndpointSettings {
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(objects, "objects");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(format, "format");
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "A port is a number from 0 (any free one) to 65535, not " + port + ".");
    }
  }

  /** Windows of 5 min, as the cloud's default, Avro with metadata, any free port. */
  public static EndpointSettings of(TopicNames names, ObjectNames objects) {
    return new EndpointSettings(
        names,
        objects,
        BatchLimits.windows(Duration.ofMinutes(5)),
        BatchFormat.AVRO_WITH_METADATA,
        0);
  }

  public EndpointSettings withLimits(BatchLimits other) {
    return new EndpointSettings(names, objects, other, format, port);
  }

  public EndpointSettings withFormat(BatchFormat other) {
    return new EndpointSettings(names, objects, limits, other, port);
  }

  public EndpointSettings withPort(int other) {
    return new EndpointSettings(names, objects, limits, format, other);
  }
}
