package dev.millrace.loader.settings;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What {@code millrace.yaml} says of the collector.
 *
 * @param bySource settings of the sources that are named
 * @param others settings of all others
 */
public record CollectorSettings(Map<String, SourceSettings> bySource, SourceSettings others) {
  /** What holds where nothing is set. */
  public static final CollectorSettings DEFAULT =
      new CollectorSettings(Map.of(), SourceSettings.DEFAULT);

  public CollectorSettings {
    bySource = Map.copyOf(bySource);
    Objects.requireNonNull(others, "others");
  }

  public SourceSettings of(String source) {
    return bySource.getOrDefault(source, others);
  }

  /** Whether a page of this origin may call on behalf of any source. */
  public boolean anyAllows(String origin) {
    return all().anyMatch(source -> source.allows(origin));
  }

  /** The largest body that any source may send. */
  public int largestBatchBytes() {
    return all().mapToInt(SourceSettings::batchBytes).max().orElseThrow();
  }

  private Stream<SourceSettings> all() {
    return Stream.concat(Stream.of(others), bySource.values().stream());
  }
}
