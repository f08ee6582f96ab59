package dev.millrace.loader.schema;

import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes what normalisers give of batches that add to a schema. */
final class Batches {
  private final StoredSchema base;
  private Schema schema;
  private final List<SchemaChange> changes = new ArrayList<>();
  private final Map<String, String> rawPaths;

  private Batches(StoredSchema base) {
    this.base = base;
    this.schema = base.schema();
    this.rawPaths = new LinkedHashMap<>(base.rawPaths());
  }

  static Batches on(StoredSchema base) {
    return new Batches(base);
  }

  Batches table(String name, String parent, Column... columns) {
    Map<String, Column> byName = new LinkedHashMap<>();
    for (Column column : columns) {
      byName.put(column.name(), column);
    }
    Map<String, Object> properties =
        parent == null
            ? Map.of("write_disposition", "append", "resource", "millrace")
            : Map.of("parent", parent);
    schema = schema.with(List.of(new Table(name, byName, properties)));
    changes.add(
        new SchemaChange(SchemaChange.Kind.NEW_TABLE, name, null, null, null, "row-" + name, null));
    return this;
  }

  Batches column(String table, String name, DataType type) {
    Table old = schema.table(table);
    Map<String, Column> columns = new LinkedHashMap<>(old.columns());
    columns.put(name, Column.of(name, type));
    schema = schema.with(List.of(new Table(table, columns, old.properties())));
    changes.add(
        new SchemaChange(
            SchemaChange.Kind.NEW_COLUMN, table, name, null, type, "row-" + name, null));
    return this;
  }

  Batches rawPath(String name, String path) {
    rawPaths.put(name, path);
    return this;
  }

  NormalizedBatch batch() {
    return new NormalizedBatch(
        0, 0, 0, 0, Map.of(), 0, Map.of(), Map.of(), schema, changes, rawPaths);
  }

  StoredSchema base() {
    return base;
  }
}
