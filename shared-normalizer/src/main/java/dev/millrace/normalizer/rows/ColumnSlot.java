package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place for a column of one table, whether the column exists or not: events may name it with
 * nulls alone, or be bad.
 */
final class ColumnSlot {
  final TableSlot table;
  final String name;

  /** What stands before the value in a row: {@code ,"name":}. */
  final byte[] prefix;

  /** The type that settings prefer for a new column of this name, or null. */
  final DataType preferred;

  /** Null while the column does not exist. */
  DataType type;

  Boolean statedNullable;
  Map<String, Object> hints = Map.of();

  /** The raw key behind a name that carries a tag (M7); else null. */
  String taggedFor;

  /** The row that has a value for this name, and the object in it that the value is from. */
  long claimedByRow;

  long claimedByObject;

  private long repeatedInRow;
  private int repetitions;

  private final Map<DataType, ColumnSlot> variants = new EnumMap<>(DataType.class);

  ColumnSlot(TableSlot table, String name, DataType preferred) {
    this.table = table;
    this.name = name;
    this.preferred = preferred;
    // Names are lower-case letters, decimal digits and underscores: nothing to escape.
    this.prefix = (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  /** Counts the values of one row that claim this with a raw path that was used already. */
  int nextRepetition(long row) {
    repetitions = repeatedInRow == row ? repetitions + 1 : 1;
    repeatedInRow = row;
    return repetitions;
  }

  /** The slot of the variant that takes values of {@code valueType}. */
  ColumnSlot variant(DataType valueType, TableSlots tables) {
    return variants.computeIfAbsent(
        valueType, each -> tables.column(table, tables.names().join(name, "v_" + each.word())));
  }

  /** Lets go of the variants' slots, which {@link TableSlots} may be about to forget. */
  void forgetVariants() {
    variants.clear();
  }

  void define(Column column) {
    type = column.type();
    statedNullable = column.statedNullable();
    hints = column.hints();
  }

  void undefine() {
    type = null;
    statedNullable = null;
    hints = Map.of();
  }

  /** Whether settings speak of the column, but no value has made it exist. */
  boolean isDeclaredOnly() {
    return type == null && table.columns().contains(this);
  }

  /** Whether containers that come here are not taken apart. */
  boolean isKeptWhole() {
    return type == DataType.JSON || (type == null && preferred == DataType.JSON);
  }

  boolean isRequired() {
    return Boolean.FALSE.equals(statedNullable);
  }

  boolean isVariant() {
    return Boolean.TRUE.equals(hints.get("variant"));
  }

  String description() {
    return hints.get("description") instanceof String text ? text : null;
  }

  Integer number(String hint) {
    return hints.get(hint) instanceof Number number ? number.intValue() : null;
  }

  Column column() {
    return new Column(name, type, statedNullable, new LinkedHashMap<>(hints));
  }
}
