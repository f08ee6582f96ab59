package dev.millrace.cli.preview;

import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Table;
import java.util.List;
import java.util.Map;

/**
 * What a preview found.
 *
 * @param against the schema before
 * @param batch what would become of the events; its schema is the one after
 * @param changes what the schema would need, in order
 * @param badByReason bad events and dropped rows, by reason code
 * @param bad the first of each reason
 */
record Findings(
    List<FileRead> files,
    Baseline against,
    NormalizedBatch batch,
    List<PlacedChange> changes,
    Map<String, Long> badByReason,
    List<PlacedBad> bad) {
  Findings {
    files = List.copyOf(files);
    changes = List.copyOf(changes);
    bad = List.copyOf(bad);
  }

  /** The tables that would get rows, by name, as they would be then. */
  List<Table> tables() {
    return batch.rows().keySet().stream().sorted().map(batch.schema()::table).toList();
  }

  boolean isNew(Table table) {
    return against.stored().schema().table(table.name()) == null;
  }

  boolean isNew(Table table, Column column) {
    Table before = against.stored().schema().table(table.name());
    Column known = before == null ? null : before.columns().get(column.name());
    return known == null || !known.isComplete();
  }

  /** Bad events and dropped rows that are counted and not listed. */
  long unlistedBad() {
    return badByReason.values().stream().mapToLong(Long::longValue).sum() - bad.size();
  }
}
