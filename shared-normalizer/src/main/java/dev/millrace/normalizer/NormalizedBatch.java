package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch's events. Always {@code read = loaded + duplicate + bad}, whole events.
 *
 * @param read events found, good or not
 * @param loaded events whose root row was made
 * @param duplicate events whose {@code messageId} a loaded event of the same batch has (M13), or
 *     whose root {@code _dlt_id} is one of the {@link KnownIds}
 * @param bad events of which no row was made
 * @param rows rows made, by table, in the order in which the tables got their first row
 * @param partialBad rows dropped from events that loaded
 * @param discardedValues values that a contract dropped, by {@code table.column}
 * @param guards how often each guard acted, by its name (M12)
 * @param schema the schema after the batch; the very one that it started from where nothing changed
 * @param changes what was added to the schema, in order
 * @param rawPaths the raw path behind each tagged name, those of the start included; keys are
 *     {@code table} or {@code table.column}
 */
public record NormalizedBatch(
    long read,
    long loaded,
    long duplicate,
    long bad,
    Map<String, Long> rows,
    long partialBad,
    Map<String, Long> discardedValues,
    Map<String, Long> guards,
    Schema schema,
    List<SchemaChange> changes,
    Map<String, String> rawPaths) {
  public NormalizedBatch {
    if (read != loaded + duplicate + bad) {
      throw new IllegalArgumentException(
          "read %d != loaded %d + duplicate %d + bad %d".formatted(read, loaded, duplicate, bad));
    }
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    discardedValues = Collections.unmodifiableMap(new LinkedHashMap<>(discardedValues));
    guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
    changes = List.copyOf(changes);
    rawPaths = Collections.unmodifiableMap(new LinkedHashMap<>(rawPaths));
  }
}
