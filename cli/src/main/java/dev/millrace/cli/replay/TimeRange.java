package dev.millrace.cli.replay;

import dev.millrace.cli.console.Failure;
import dev.millrace.cli.console.PointInTime;
import java.time.Instant;
import java.util.Objects;
import picocli.CommandLine.Option;

/** From when to when. */
final class TimeRange {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description =
          "From this time on, such as 2026-11-23 (UTC), 2026-11-23T10:00:00Z or 24h ago, written 24h."
              + " Default: the beginning")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = PointInTime.class,
      description = "Before this time. Default: the end")
  private Instant until;

  Instant since() {
    return Objects.requireNonNullElse(since, Instant.MIN);
  }

  Instant until() {
    Instant end = Objects.requireNonNullElse(until, Instant.MAX);
    if (!end.isAfter(since())) {
      throw Failure.usage("--until %s is not after --since %s".formatted(until, since));
    }
    return end;
  }

  boolean isWhole() {
    return since == null && until == null;
  }
}
