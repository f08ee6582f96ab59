package dev.millrace.loader.packages;

import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.SchemaChange;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a sealed load package holds. The first manifest that is written for a load is the package,
 * for ever.
 *
 * @param loadId the batch's load id
 * @param attempt which attempt's parts these are
 * @param format of the batch object, as {@code read.BatchFormat} spells it
 * @param objectBytes of the batch object
 * @param tables event tables with rows
 * @param badEvents parts of {@code _millrace_bad_events}
 * @param counts of events
 * @param badByReason rows of the bad events, by reason code
 * @param discardedValues values that a contract dropped, by {@code table.column}
 * @param guards how often each guard acted
 * @param schema which version of the schema the rows follow
 * @param changes what the load added to the schema
 * @param startedAt when the attempt began
 * @param sealedAt when the parts were complete
 */
public record Manifest(
    String loadId,
    String attempt,
    String format,
    long objectBytes,
    Map<String, PackageTable> tables,
    List<Part> badEvents,
    Counts counts,
    Map<String, Long> badByReason,
    Map<String, Long> discardedValues,
    Map<String, Long> guards,
    SchemaVersion schema,
    List<SchemaChange> changes,
    Instant startedAt,
    Instant sealedAt) {

  /**
   * Events of the batch; whole ones, but for {@code partialBad}.
   *
   * @param partialBad bad rows of events that loaded
   */
  public record Counts(long read, long loaded, long duplicate, long bad, long partialBad) {
    public static Counts of(NormalizedBatch batch) {
      return new Counts(
          batch.read(), batch.loaded(), batch.duplicate(), batch.bad(), batch.partialBad());
    }
  }

  /**
   * A version of the schema.
   *
   * @param hash dlt's hash of it
   * @param stateGeneration of the schema object that has it
   * @param path of its document in the staging place
   */
  public record SchemaVersion(long version, String hash, long stateGeneration, String path) {}

  public Manifest {
    Objects.requireNonNull(loadId, "loadId");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(schema, "schema");
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    badEvents = List.copyOf(badEvents);
    badByReason = Collections.unmodifiableMap(new LinkedHashMap<>(badByReason));
    discardedValues = Collections.unmodifiableMap(new LinkedHashMap<>(discardedValues));
    guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
    changes = List.copyOf(changes);
  }
}
