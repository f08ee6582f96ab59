package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.Coerced;
import dev.millrace.normalizer.types.Coercion;
import dev.millrace.normalizer.types.JsonText;
import dev.millrace.normalizer.types.RawValue;
import dev.millrace.normalizer.types.TypeInference;
import java.nio.charset.StandardCharsets;

/**
 * Writes a value that is not simply copied: the first of its column, one of another type than the
 * column's, or one that has no room.
 */
final class ColumnWriter {
  private final TableSlots tables;
  private final Claims claims;
  private final Additions additions;
  private final GuardCounts guards;
  private final Discards discards;
  private final TypeInference inference;

  ColumnWriter(
      TableSlots tables,
      Claims claims,
      Additions additions,
      GuardCounts guards,
      Discards discards,
      TypeInference inference) {
    this.tables = tables;
    this.claims = claims;
    this.additions = additions;
    this.guards = guards;
    this.discards = discards;
    this.inference = inference;
  }

  /**
   * Writes a value.
   *
   * @param column its own place, which the row has claimed for it
   * @param source holds the value as it came, in JSON, from {@code from} to {@code to}
   */
  void write(Row row, ColumnSlot column, RawValue value, byte[] source, int from, int to)
      throws BadValueException, RowDroppedException {
    if (column.type == null) {
      if (!ContractRules.newColumn(column)) {
        discards.value(column);
        return;
      }
      if (!hasRoom(column)) {
        overflow(row, column, value, source, from, to);
        return;
      }
      DataType type = column.preferred != null ? column.preferred : inference.of(value);
      additions.define(column, type, row.index);
    }
    Coerced coerced = coerced(column, value);
    if (coerced instanceof Coerced.Stored stored) {
      append(row, column, stored.json());
    } else if (coerced instanceof Coerced.Variant variant) {
      writeVariant(row, column, variant.type(), value, source, from, to);
    }
  }

  private void writeVariant(
      Row row,
      ColumnSlot column,
      DataType valueType,
      RawValue value,
      byte[] source,
      int from,
      int to)
      throws BadValueException, RowDroppedException {
    ColumnSlot variant = column.variant(valueType, tables);
    if (variant.claimedByRow == row.number) {
      variant = claims.tagged(variant, RawPath.of(column.name), row.number);
    }
    variant.claimedByRow = row.number;
    if (variant.type == null) {
      if (!ContractRules.newVariant(variant)) {
        discards.value(variant);
        return;
      }
      if (!hasRoom(variant)) {
        overflow(row, variant, value, source, from, to);
        return;
      }
      additions.defineVariant(variant, valueType, column.type, row.index);
    }
    if (!(coerced(variant, value) instanceof Coerced.Stored stored)) {
      throw new BadValueException(
          BadReason.CANNOT_COERCE,
          BadValueException.NOWHERE,
          "a value fits neither column %s (%s) nor %s (%s)"
              .formatted(column.name, column.type.word(), variant.name, variant.type.word()));
    }
    append(row, variant, stored.json());
  }

  private boolean hasRoom(ColumnSlot column) {
    return column.isDeclaredOnly() || additions.hasRoom(column.table);
  }

  private static Coerced coerced(ColumnSlot column, RawValue value) {
    return Coercion.coerce(value, column.type, column.number("precision"), column.number("scale"));
  }

  private static void append(Row row, ColumnSlot column, String json) {
    row.out().append(column.prefix);
    row.out().append(json.getBytes(StandardCharsets.UTF_8));
  }

  private void overflow(
      Row row, ColumnSlot column, RawValue value, byte[] source, int from, int to) {
    guards.acted(tables.guardOfColumns());
    if (row.overflow == null) {
      row.overflow = new ByteBuilder(256);
    }
    ByteBuilder out = row.overflow;
    out.append(column.prefix);
    switch (value.kind()) {
      case STRING -> out.appendQuoted(value.text());
      case INT, FLOAT ->
          out.append(JsonText.numberForColumn(value.text()).getBytes(StandardCharsets.US_ASCII));
      case BOOL, JSON -> out.append(source, from, to - from);
    }
  }
}
