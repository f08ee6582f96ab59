package dev.millrace.loader;

import dev.millrace.normalizer.schema.SchemaChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a load did; the same numbers are its row of {@code _millrace_batches}.
 *
 * @param events what became of them, whole ones
 * @param rows rows loaded, by event table
 * @param refused rows that the warehouse would not take: above 0 is a bug of ours
 * @param badByReason whole events and partial ones, by reason code
 * @param changes what the batch added to the schema
 * @param guards how often each guard acted
 * @param bytes size of the object as it was read
 * @param times how long it took
 */
public record LoadReport(
    String loadId,
    Events events,
    Map<String, Long> rows,
    long refused,
    Map<String, Long> badByReason,
    List<SchemaChange> changes,
    Map<String, Long> guards,
    long bytes,
    Times times) {

  /** Events of the batch: {@code read = loaded + duplicate + bad}. */
  public record Events(long read, long loaded, long duplicate, long bad) {}

  /**
   * Durations.
   *
   * @param took from the call to the commit
   * @param steps of each step that this call did, in their order: {@code normalize} (reading
   *     included), {@code deduplicate}, {@code evolve}, {@code seal}, {@code load} (the wait for
   *     the warehouse's load jobs) and {@code commit}
   */
  public record Times(Duration took, Map<String, Duration> steps) {}

  public long read() {
    return events.read();
  }

  public long loaded() {
    return events.loaded();
  }

  public long duplicate() {
    return events.duplicate();
  }

  public long bad() {
    return events.bad();
  }

  /** From the call to the commit. */
  public Duration took() {
    return times.took();
  }
}
