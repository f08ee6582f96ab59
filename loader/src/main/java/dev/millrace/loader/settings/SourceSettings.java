package dev.millrace.loader.settings;

import java.util.Objects;
import java.util.Set;

/**
 * How the collector treats the calls of a source.
 *
 * @param origins of web pages that may call, such as {@code https://shop.example.com}; empty for
 *     all
 * @param eventBytes how large one event may be
 * @param batchBytes how large the body of a batch may be, unpacked
 * @param clientIp what is kept of the caller's address
 * @param strict whether Segment's required fields are required
 */
public record SourceSettings(
    Set<String> origins, int eventBytes, int batchBytes, ClientIp clientIp, boolean strict) {
  /** Segment's limits, and all that is sent is taken. */
  public static final SourceSettings DEFAULT =
      new SourceSettings(Set.of(), 32 << 10, 500_000, ClientIp.WHOLE, false);

  public SourceSettings {
    origins = Set.copyOf(origins);
    Objects.requireNonNull(clientIp, "clientIp");
  }

  /** Whether a page of this origin may call. */
  public boolean allows(String origin) {
    return origins.isEmpty() || origins.contains(origin);
  }
}
