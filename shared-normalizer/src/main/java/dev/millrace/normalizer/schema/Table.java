package dev.millrace.normalizer.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A table, as dlt's schema document describes it. Immutable.
 *
 * @param name the normalised name
 * @param columns by name, in the order of their creation
 * @param properties every other property of the document ({@code parent} of a child table, {@code
 *     resource} and {@code write_disposition} of a root table, {@code x-normalizer}, {@code
 *     schema_contract}, {@code description}, …), in order; values as in {@link Column#hints}
 */
public record Table(String name, Map<String, Column> columns, Map<String, Object> properties) {
  public Table {
    Objects.requireNonNull(name, "name");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** The parent table's name, or null for a root table. */
  public String parent() {
    return properties.get("parent") instanceof String parent ? parent : null;
  }

  /** Whether the table is one of dlt's own. */
  public boolean isSystem() {
    return name.startsWith("_dlt");
  }
}
