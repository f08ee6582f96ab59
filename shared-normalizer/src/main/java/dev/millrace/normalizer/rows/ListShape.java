package dev.millrace.normalizer.rows;

/**
 * A list of one place: its elements' table and shape.
 *
 * @param table null where the table guard keeps the list whole
 * @param element null likewise
 */
record ListShape(TableSlot table, ObjectShape element) {
  static final ListShape KEPT = new ListShape(null, null);
}
