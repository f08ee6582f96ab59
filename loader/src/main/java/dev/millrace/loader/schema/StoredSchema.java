package dev.millrace.loader.schema;

import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The schema object.
 *
 * @param schema dlt's document
 * @param rawPaths the raw path behind each tagged name; keys are {@code table} or {@code
 *     table.column}
 * @param additions every table and column with the load that brought it, in order; the columns that
 *     came with a new table are not listed apart
 * @param generation of the object, 0 if there is none yet
 */
public record StoredSchema(
    Schema schema, Map<String, String> rawPaths, List<Addition> additions, long generation) {
  public StoredSchema {
    Objects.requireNonNull(schema, "schema");
    rawPaths = Collections.unmodifiableMap(new LinkedHashMap<>(rawPaths));
    additions = List.copyOf(additions);
  }

  /**
   * Reads the schema object, or dlt's document alone, which knows no raw paths and no loads.
   *
   * @throws IllegalArgumentException if it is neither; the message says what is wrong
   */
  public static StoredSchema parse(byte[] content) {
    return SchemaObject.isOne(content)
        ? SchemaObject.read(content, State.ABSENT)
        : new StoredSchema(Schema.parse(content), Map.of(), List.of(), State.ABSENT);
  }

  /** What a load brought, also where an attempt at it died before it could tell. */
  public List<SchemaChange> broughtBy(String loadId) {
    return additions.stream()
        .filter(addition -> addition.loadId().equals(loadId))
        .map(Addition::change)
        .toList();
  }
}
