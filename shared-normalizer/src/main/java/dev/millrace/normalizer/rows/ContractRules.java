package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.json.BadValueException;

/** Asks a table's contract before its schema changes (spec 4, M11). */
final class ContractRules {
  private ContractRules() {}

  /** Before a table is made for a row. */
  static void newTable(TableSlot table) throws BadValueException, RowDroppedException {
    Mode mode = table.contract.mode(Entity.TABLES);
    if (mode != Mode.EVOLVE) {
      // There is no value to be dropped alone: both ways of discarding drop the row.
      refuse(mode, "table " + table.name + " would be new, and the contract on tables");
    }
  }

  /**
   * Before a column is made for a value.
   *
   * @return whether the value may have its column; if not, it is dropped
   */
  static boolean newColumn(ColumnSlot column) throws BadValueException, RowDroppedException {
    Mode mode = column.table.contract.mode(Entity.COLUMNS);
    if (mode == Mode.EVOLVE || column.table.isNew) {
      return true;
    }
    return allows(mode, column, "the contract on columns");
  }

  /** The same before a variant is made. */
  static boolean newVariant(ColumnSlot variant) throws BadValueException, RowDroppedException {
    Mode mode = variant.table.contract.mode(Entity.DATA_TYPE);
    if (mode == Mode.EVOLVE) {
      return true;
    }
    return allows(mode, variant, "the contract on data_type");
  }

  private static boolean allows(Mode mode, ColumnSlot column, String contract)
      throws BadValueException, RowDroppedException {
    if (mode == Mode.DISCARD_VALUE) {
      return false;
    }
    refuse(
        mode,
        "column %s of table %s would be new, and %s"
            .formatted(column.name, column.table.name, contract));
    return false;
  }

  private static void refuse(Mode mode, String what) throws BadValueException, RowDroppedException {
    String detail = what + " says " + mode.word();
    if (mode == Mode.FREEZE) {
      throw new BadValueException(BadReason.CONTRACT_FROZEN, BadValueException.NOWHERE, detail);
    }
    throw new RowDroppedException(detail);
  }
}
