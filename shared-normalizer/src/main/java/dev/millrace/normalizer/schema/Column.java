package dev.millrace.normalizer.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A column of a table, as dlt's schema document describes it. Immutable.
 *
 * @param name the normalised name
 * @param type null for a column that is declared and has no type yet: it is not in the warehouse
 * @param statedNullable whether a row may lack a value, as the document says it; null where it says
 *     nothing, which is part of what is hashed
 * @param hints every other property of the document ({@code unique}, {@code row_key}, {@code
 *     parent_key}, {@code root_key}, {@code variant}, {@code description}, {@code precision},
 *     {@code scale}, …), in order; values are strings, booleans, whole numbers, or lists and maps
 *     of these
 */
public record Column(
    String name, DataType type, Boolean statedNullable, Map<String, Object> hints) {
  public Column {
    Objects.requireNonNull(name, "name");
    hints = Collections.unmodifiableMap(new LinkedHashMap<>(hints));
  }

  /** A nullable column without hints. */
  public static Column of(String name, DataType type) {
    return new Column(name, type, true, Map.of());
  }

  /** Whether a row may lack a value. */
  public boolean nullable() {
    return !Boolean.FALSE.equals(statedNullable);
  }

  /** Whether the column exists in a warehouse: one without a type is declared only. */
  public boolean isComplete() {
    return type != null;
  }

  /** Whether the column holds the values that another column's type does not take. */
  public boolean isVariant() {
    return Boolean.TRUE.equals(hints.get("variant"));
  }

  /** The column's description, or null. */
  public String description() {
    return hints.get("description") instanceof String text ? text : null;
  }

  /** A whole-number hint such as {@code precision} or {@code scale}, or null where it is absent. */
  public Integer number(String hint) {
    return hints.get(hint) instanceof Number number ? number.intValue() : null;
  }
}
