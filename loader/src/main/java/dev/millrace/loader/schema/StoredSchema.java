package dev.millrace.loader.schema;

import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

  /**
   * This schema and the columns that the warehouse's table has beyond it, in their order; names are
   * the same if they differ in case alone. A column whose name says that it is another's variant is
   * one.
   *
   * @param table a table of the schema
   */
  public StoredSchema withColumns(String table, Collection<Column> existing) {
    Table known = schema.table(table);
    Map<String, Column> columns = new LinkedHashMap<>(known.columns());
    Set<String> names = new HashSet<>();
    known.columns().values().stream()
        .filter(Column::isComplete)
        .forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
    for (Column column : existing) {
      if (names.add(column.name().toLowerCase(Locale.ROOT))) {
        String base = column.name().replaceFirst("__v_" + column.type().word() + "$", "");
        boolean isVariant = !base.equals(column.name()) && known.columns().containsKey(base);
        Map<String, Object> hints = isVariant ? Map.of("variant", true) : column.hints();
        columns.put(column.name(), new Column(column.name(), column.type(), true, hints));
      }
    }
    if (columns.equals(known.columns())) {
      return this;
    }
    Schema extended = schema.with(List.of(new Table(table, columns, known.properties())));
    return new StoredSchema(extended, rawPaths, additions, generation);
  }

  /** The same at a generation. */
  StoredSchema at(long saved) {
    return new StoredSchema(schema, rawPaths, additions, saved);
  }

  /** The same as the next version, to be saved over a generation. */
  StoredSchema savedOver(long expected) {
    return new StoredSchema(schema.savedAfter(schema), rawPaths, additions, expected);
  }

  /** What a load brought, also where an attempt at it died before it could tell. */
  public List<SchemaChange> broughtBy(String loadId) {
    return additions.stream()
        .filter(addition -> addition.loadId().equals(loadId))
        .map(Addition::change)
        .toList();
  }
}
