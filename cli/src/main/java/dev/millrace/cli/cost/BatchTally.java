package dev.millrace.cli.cost;

import dev.millrace.cli.show.Counted;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Dataset;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Adds up batches, bucket by bucket. Used by one thread. */
final class BatchTally implements Dataset.RowVisitor {
  /** Batches of less than this say nothing about a month: their events are taken as one. */
  private static final Duration SHORTEST = Duration.ofDays(1);

  private final List<String> buckets = new ArrayList<>();
  private long files;
  private long batches;
  private long events;
  private long bytes;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;

  @Override
  public void row(Dataset.Row row) {
    long count = row.number(1);
    if (row.text(0).equals(BatchRef.CONTENT)) {
      files = count;
    } else {
      buckets.add(row.text(0));
    }
    batches += count;
    events += orNone(row.number(2));
    bytes += orNone(row.number(3));
    firstMicros = Math.min(firstMicros, row.number(4));
    lastMicros = Math.max(lastMicros, row.number(5));
  }

  private static long orNone(Long number) {
    return number == null ? 0 : number;
  }

  long batches() {
    return batches;
  }

  long events() {
    return events;
  }

  long bytes() {
    return bytes;
  }

  /** By what the batches are multiplied to make a month. */
  double times() {
    return isScaled() ? (double) Workload.MONTH.toSeconds() / span().toSeconds() : 1;
  }

  private boolean isScaled() {
    return span().compareTo(SHORTEST) >= 0;
  }

  private Duration span() {
    return Duration.of(lastMicros - firstMicros, ChronoUnit.MICROS);
  }

  /** What the figures are of, for a person, and what may be among them that is no traffic. */
  String how() {
    StringBuilder how = new StringBuilder();
    how.append(
        isScaled()
            ? String.format(
                Locale.ROOT,
                "what its batches of %.1f days make in 30",
                span().toSeconds() / (double) Duration.ofDays(1).toSeconds())
            : "its batches span less than a day, so they are taken as the month's");
    if (files > 0) {
      how.append(
          "; files among them, which count as of their first load: %s of %s (if they are an imported archive, give --events)"
              .formatted(Counted.number(files), Counted.number(batches)));
    }
    if (buckets.size() > 1) {
      how.append(
          "; they are of %s (if one of these is an imported archive, give --events)"
              .formatted(String.join(" and ", buckets)));
    }
    return how.toString();
  }
}
