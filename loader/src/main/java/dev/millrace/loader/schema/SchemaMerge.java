package dev.millrace.loader.schema;

import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.DocumentSize;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.SchemaChange;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what one batch added to a schema onto a schema that others may have added to since. */
final class SchemaMerge {
  private final StoredSchema base;
  private final NormalizedBatch batch;
  private final String loadId;
  private final Guards guards;

  SchemaMerge(StoredSchema base, NormalizedBatch batch, String loadId, Guards guards) {
    this.base = base;
    this.batch = batch;
    this.loadId = loadId;
    this.guards = guards;
  }

  /**
   * The current schema with the batch's additions; the very one that was given if it has them.
   *
   * @throws ClashException if the two don't go together
   */
  StoredSchema onto(StoredSchema current) throws ClashException {
    Schema theirs = current.schema();
    Schema merged = current == base ? batch.schema() : combined(current);
    if (merged.equals(theirs) && current.generation() != State.ABSENT) {
      return current;
    }
    List<Addition> additions = new ArrayList<>(current.additions());
    for (SchemaChange change : batch.changes()) {
      if (!has(theirs, change)) {
        additions.add(new Addition(loadId, change));
      }
    }
    Map<String, String> rawPaths = new LinkedHashMap<>(current.rawPaths());
    rawPaths.putAll(batch.rawPaths());
    return new StoredSchema(merged.savedAfter(theirs), rawPaths, additions, current.generation());
  }

  private Schema combined(StoredSchema current) throws ClashException {
    Schema before = base.schema();
    Schema ours = batch.schema();
    Schema theirs = current.schema();
    Schema merged =
        theirs
            .with(changedTables(current))
            .withSettings(
                new PropertyMerge("settings")
                    .merge(before.settings(), ours.settings(), theirs.settings()))
            .withNormalizers(
                new PropertyMerge("normalizers")
                    .merge(before.normalizers(), ours.normalizers(), theirs.normalizers()));
    long bytes = DocumentSize.of(merged);
    if (bytes > DocumentSize.MAX && bytes > DocumentSize.of(theirs)) {
      throw new ClashException("together they make a longer schema than there is room for");
    }
    return merged;
  }

  private List<Table> changedTables(StoredSchema current) throws ClashException {
    TableMerge tables = new TableMerge(current.rawPaths(), batch.rawPaths(), guards);
    List<Table> changed = new ArrayList<>();
    int count = eventTables(current.schema());
    for (Table ours : batch.schema().tables().values()) {
      Table before = base.schema().table(ours.name());
      Table theirs = current.schema().table(ours.name());
      if (ours.equals(before)) {
        continue;
      }
      if (theirs != null) {
        changed.add(tables.merge(before, ours, theirs));
        continue;
      }
      tables.checkCase(ours.name(), current.schema().tables().keySet());
      changed.add(ours);
      count++;
      if (count > guards.tables()) {
        throw new ClashException("together they make more tables than the guard allows");
      }
    }
    return changed;
  }

  private static int eventTables(Schema schema) {
    return (int) schema.tables().values().stream().filter(table -> !table.isSystem()).count();
  }

  private static boolean has(Schema schema, SchemaChange change) {
    Table table = schema.table(change.table());
    if (table == null || change.column() == null) {
      return table != null;
    }
    return table.columns().containsKey(change.column())
        && table.columns().get(change.column()).isComplete();
  }
}
