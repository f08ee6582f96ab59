package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.types.RawValue;

/** A row that is being written into its table's waiting rows. */
final class Row {
  TableSlot table;

  /** Position among the event's rows. */
  int index;

  /** Unique in the batch. */
  long number;

  /** How many levels of containers its object may have before they are kept whole. */
  int level;

  /** The row's id where it is known before the event's end (M3); else null. */
  RawValue ownId;

  /** Members for {@code _millrace_overflow}; null until there is one. */
  ByteBuilder overflow;

  ByteBuilder out() {
    return table.rows;
  }
}
