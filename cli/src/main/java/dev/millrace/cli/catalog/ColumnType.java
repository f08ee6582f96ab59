package dev.millrace.cli.catalog;

import dev.millrace.normalizer.schema.DataType;

/**
 * A column's type.
 *
 * @param type dlt's, or null where it is none of them
 * @param physical the warehouse's own word for it, or null where the column isn't in the warehouse
 * @param required whether no row may lack a value
 */
record ColumnType(DataType type, String physical, boolean required) {
  /** The type as settings and the schema spell it, or the warehouse's own word. */
  String word() {
    return type == null ? physical : type.word();
  }
}
