package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.BadReason;
import dev.millrace.normalizer.json.BadValueException;
import dev.millrace.normalizer.json.IncompleteException;
import dev.millrace.normalizer.json.JsonBytes;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.types.Coerced;
import dev.millrace.normalizer.types.Coercion;
import dev.millrace.normalizer.types.RawValue;
import java.nio.charset.StandardCharsets;

/**
 * How rows begin where events are trusted with ids of their own (M3): each row's id is known, and
 * written, before the rest of it.
 */
final class TrustedRows {
  private static final byte[] LIST_INDEX_PREFIX =
      ",\"_dlt_list_idx\":".getBytes(StandardCharsets.US_ASCII);

  private final TableSlots tables;
  private final Additions additions;
  private final RowTemplate template;
  private final EventIds ids;
  private final TrustedIds trustedIds = new TrustedIds();
  private String derivedRootId;
  private RawValue rootId;

  TrustedRows(TableSlots tables, Additions additions, RowTemplate template, EventIds ids) {
    this.tables = tables;
    this.additions = additions;
    this.template = template;
    this.ids = ids;
  }

  /** Sets the id that the next root row takes if its event brings none. */
  void derivedRootId(String id) {
    derivedRootId = id;
  }

  void beginRoot(Row row, JsonBytes json, int start) throws BadValueException, IncompleteException {
    RawValue own = trustedIds.of(json, start);
    template.trusted(row.out(), row.table);
    identify(row, own, derivedRootId);
    rootId = row.ownId;
  }

  void beginChild(Row row, Row parent, int listIndex, JsonBytes json, int start)
      throws BadValueException, IncompleteException {
    RawValue own = trustedIds.of(json, start);
    template.trusted(row.out(), row.table);
    if (own == null) {
      if (row.table.hasRootKey) {
        member(row, SystemColumns.ROOT_ID, rootId);
      }
      member(row, SystemColumns.PARENT_ID, parent.ownId);
      row.out().append(LIST_INDEX_PREFIX);
      row.out().appendNumber(listIndex);
    }
    identify(row, own, own == null ? ids.childOf(parent.index, row.table, listIndex) : null);
  }

  /** The columns that refer to other rows take the type of the ids that those have. */
  void ensureReferences(TableSlot table, Row parent, int row) {
    if (table.hasRootKey) {
      DataType type = Coercion.inferred(rootId);
      SystemColumns.ensure(table, SystemColumns.ROOT_ID, type, tables, additions, row);
    }
    DataType type = Coercion.inferred(parent.ownId);
    SystemColumns.ensure(table, SystemColumns.PARENT_ID, type, tables, additions, row);
  }

  /** An id that the event brings is written when its key is read, the other one here. */
  private void identify(Row row, RawValue own, String derived) throws BadValueException {
    row.ownId = own == null ? new RawValue(RawValue.Kind.STRING, derived) : own;
    ids.own(row.index, TrustedIds.text(row.ownId));
    if (own == null) {
      SystemColumns.ensureId(row, tables, additions);
      member(row, SystemColumns.ID, row.ownId);
    }
  }

  /** Writes an id as its column has it: a number stays one if the event's own id is (spec 2.4). */
  private void member(Row row, String name, RawValue id) throws BadValueException {
    ColumnSlot column = tables.column(row.table, name);
    if (!(Coercion.coerce(id, column.type, null, null) instanceof Coerced.Stored stored)) {
      throw new BadValueException(
          BadReason.CANNOT_COERCE,
          0,
          "an id does not fit column %s (%s) of table %s"
              .formatted(name, column.type.word(), row.table.name));
    }
    // A key of the event may name the column too: that one then gives way (M7).
    column.claimedByRow = row.number;
    row.out().append(column.prefix);
    row.out().append(stored.json().getBytes(StandardCharsets.UTF_8));
  }
}
