package dev.millrace.cli.inspect;

import dev.millrace.loader.ports.Dataset.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code _millrace_batches} knows of a loaded batch beyond its account.
 *
 * @param rowsBad rows in {@code _millrace_bad_events} of events that did load
 * @param badByReason rows of {@code _millrace_bad_events}
 * @param discardedValues by {@code table.column}
 * @param guards how often each acted
 * @param rowsLoaded by table
 * @param loadJobs ids of the warehouse's jobs, by table
 */
record BatchDetail(
    String format,
    Long bytes,
    Long rowsBad,
    Map<String, Long> badByReason,
    Map<String, Long> discardedValues,
    Map<String, Long> guards,
    Map<String, Long> rowsLoaded,
    JsonNode loadJobs,
    String attempt,
    Long schemaVersion,
    Instant started,
    Instant sealed) {
  static final String COLUMNS =
      "format, bytes, rows_bad, bad_by_reason, discarded_values, guards, rows_loaded, load_jobs,"
          + " attempt, schema_version, started_at, sealed_at";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static BatchDetail of(Row row) {
    return new BatchDetail(
        row.text(0),
        row.number(1),
        row.number(2),
        counts(row.text(3)),
        counts(row.text(4)),
        counts(row.text(5)),
        counts(row.text(6)),
        object(row.text(7)),
        row.text(8),
        row.number(9),
        row.time(10),
        row.time(11));
  }

  private static JsonNode object(String text) {
    return text == null ? JSON.createObjectNode() : JSON.readTree(text);
  }

  private static Map<String, Long> counts(String text) {
    Map<String, Long> counts = new LinkedHashMap<>();
    object(text).properties().forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
    return counts;
  }

  void putInto(Map<String, Object> document) {
    document.put("format", format);
    document.put("bytes", bytes);
    document.put("rows_bad", rowsBad);
    document.put("bad_by_reason", badByReason);
    document.put("discarded_values", discardedValues);
    document.put("guards", guards);
    document.put("rows_loaded", rowsLoaded);
    document.put("load_jobs", loadJobs);
    document.put("attempt", attempt);
    document.put("schema_version", schemaVersion);
    document.put("started_at", started == null ? null : started.toString());
    document.put("sealed_at", sealed == null ? null : sealed.toString());
  }
}
