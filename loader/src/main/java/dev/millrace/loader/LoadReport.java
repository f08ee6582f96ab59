package dev.millrace.loader;

import dev.millrace.normalizer.schema.SchemaChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a load did; the same numbers are its row of {@code _millrace_batches}.
 *
 * @param rows rows loaded, by event table
 * @param badByReason whole events and partial ones, by reason code
 * @param changes what the batch added to the schema
 * @param bytes size of the object as it was read
 * @param took from the call to the commit
 */
public record LoadReport(
    String loadId,
    long read,
    long loaded,
    long duplicate,
    long bad,
    Map<String, Long> rows,
    Map<String, Long> badByReason,
    List<SchemaChange> changes,
    Map<String, Long> guards,
    long bytes,
    Duration took) {}
