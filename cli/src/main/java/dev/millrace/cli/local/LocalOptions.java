package dev.millrace.cli.local;

import dev.millrace.embedded.pubsub.BatchFormat;
import dev.millrace.embedded.pubsub.BatchLimits;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a pipeline runs on this machine.
 *
 * @param folder for everything that it keeps
 * @param project of the topic
 * @param topic its id
 * @param port of the Pub/Sub endpoint; 0 for any free one
 * @param functionPort of the function; 0 for any free one
 * @param limits when a batch is finalised
 * @param format of the batches
 * @param settingsFile a millrace.yaml, or null
 */
public record LocalOptions(
    Path folder,
    String project,
    String topic,
    int port,
    int functionPort,
    BatchLimits limits,
    BatchFormat format,
    Path settingsFile) {
  /** The project of pipelines that run on one machine, unless another is named. */
  public static final String DEFAULT_PROJECT = "millrace-local";

  /** The topic, unless another is named. */
  public static final String DEFAULT_TOPIC = "events";

  public LocalOptions {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(format, "format");
  }
}
