package dev.millrace.normalizer.types;

import dev.millrace.normalizer.schema.DataType;

/** What becomes of a value in a column that exists. */
public sealed interface Coerced {
  /**
   * The column takes the value.
   *
   * @param json the value as a part holds it: JSON text to be written as it is
   */
  record Stored(String json) implements Coerced {}

  /**
   * The column does not take the value, which goes to the column's variant of this type.
   *
   * @param type what names the variant ({@code v_<type>}), and its type where it is new
   */
  record Variant(DataType type) implements Coerced {}
}
