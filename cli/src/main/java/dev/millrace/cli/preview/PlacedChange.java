package dev.millrace.cli.preview;

import dev.millrace.cli.files.Place;
import dev.millrace.normalizer.schema.SchemaChange;

/**
 * A change that the schema would need.
 *
 * @param first where the first event stands that needs it
 * @param eventIndex which value of its message or text that event is, from 0
 */
record PlacedChange(SchemaChange change, Place first, long eventIndex) {
  /** {@code order_completed}, or {@code order_completed.total}. */
  String name() {
    return change.column() == null ? change.table() : change.table() + "." + change.column();
  }
}
