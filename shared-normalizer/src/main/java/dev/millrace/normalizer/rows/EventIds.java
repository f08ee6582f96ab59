package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.ids.ChildIds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of one event, and their ids. A row is written before its id is known, since a {@code
 * messageId} may be the last key of an event: the ids are put in at the event's end.
 */
final class EventIds {
  private static final int LENGTH = ChildIds.LENGTH;

  private final ChildIds childIds = new ChildIds();
  private int count;
  private TableSlot[] tables = new TableSlot[64];
  private int[] starts = new int[64];
  private int[] parents = new int[64];
  private int[] listIndexes = new int[64];
  private byte[] ids = new byte[64 * LENGTH];
  private String[] ownIds = new String[64];
  private byte[] ownRootId;

  void clear() {
    Arrays.fill(ownIds, 0, count, null);
    ownRootId = null;
    count = 0;
    if (starts.length > 1 << 16) {
      grow(64);
    }
  }

  int count() {
    return count;
  }

  /**
   * Notes a row.
   *
   * @param start where it starts in its table's rows
   * @param parent position of its parent among the event's rows; itself for the root row
   */
  int add(TableSlot table, int start, int parent, int listIndex) {
    if (count == starts.length) {
      grow(count * 2);
    }
    tables[count] = table;
    starts[count] = start;
    parents[count] = parent;
    listIndexes[count] = listIndex;
    return count++;
  }

  /** Where a row starts in its table's rows. */
  int start(int row) {
    return starts[row];
  }

  /**
   * Drops the rows from {@code first} on, the last ones first, out of their tables' waiting rows
   * too.
   */
  void drop(int first) {
    while (count > first) {
      count--;
      TableSlot table = tables[count];
      table.rows.truncate(starts[count]);
      table.eventRows--;
      table.rowOpen = false;
      ownIds[count] = null;
    }
  }

  private void grow(int capacity) {
    tables = Arrays.copyOf(tables, capacity);
    starts = Arrays.copyOf(starts, capacity);
    parents = Arrays.copyOf(parents, capacity);
    listIndexes = Arrays.copyOf(listIndexes, capacity);
    ids = Arrays.copyOf(ids, capacity * LENGTH);
    ownIds = Arrays.copyOf(ownIds, capacity);
  }

  /** The id that a row has before the event's end (M3). */
  void own(int row, String id) {
    ownIds[row] = id;
    if (row == 0) {
      ownRootId = id.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The id of a child whose parent's id is known already. */
  String childOf(int parent, TableSlot table, int listIndex) {
    childIds.under(ownIds[parent], table.name);
    byte[] id = new byte[LENGTH];
    childIds.write(listIndex, id, 0);
    return new String(id, StandardCharsets.US_ASCII);
  }

  /** A row's id, once it is put in. */
  String text(int row) {
    return ownIds[row] != null
        ? ownIds[row]
        : new String(ids, row * LENGTH, LENGTH, StandardCharsets.US_ASCII);
  }

  /** Where the id that follows from the event's identity is to be written before {@link #putIn}. */
  byte[] derivedRootId() {
    return ids;
  }

  /** Begins with the id that the root row has: the derived one, or its own (M3). */
  byte[] rootId() {
    return ownRootId == null ? ids : ownRootId;
  }

  int rootIdLength() {
    return ownRootId == null ? LENGTH : ownRootId.length;
  }

  /** The name of the root row's table. */
  String rootTable() {
    return tables[0].name;
  }

  /** Makes the children's ids from the root row's, and writes all of them into the rows. */
  void putIn(RowTemplate template) {
    System.arraycopy(ids, 0, tables[0].rows.bytes(), starts[0] + template.rootIdAt(), LENGTH);
    int prefixParent = -1;
    TableSlot prefixTable = null;
    for (int row = 1; row < count; row++) {
      TableSlot table = tables[row];
      int parent = parents[row];
      if (parent != prefixParent || table != prefixTable) {
        childIds.under(ids, parent * LENGTH, LENGTH, table.nameBytes);
        prefixParent = parent;
        prefixTable = table;
      }
      childIds.write(listIndexes[row], ids, row * LENGTH);
      byte[] target = table.rows.bytes();
      int start = starts[row];
      System.arraycopy(ids, row * LENGTH, target, start + template.childIdAt(), LENGTH);
      System.arraycopy(ids, parent * LENGTH, target, start + template.parentIdAt(), LENGTH);
      if (table.hasRootKey) {
        System.arraycopy(ids, 0, target, start + template.childRootIdAt(), LENGTH);
      }
    }
  }
}
