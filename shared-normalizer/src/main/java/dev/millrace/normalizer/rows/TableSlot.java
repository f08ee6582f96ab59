package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.SchemaContract;
import dev.millrace.normalizer.json.ByteBuilder;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table, whether it exists or not, and the rows that wait to be handed over. */
final class TableSlot {
  final String name;

  /** The parent's name, or null for a root table. */
  final String parent;

  /** The root table's name. */
  final String root;

  /** The raw path behind a name that carries a tag (M2, M7); else null. */
  final String rawPath;

  /** What may change in it. */
  final SchemaContract contract;

  final byte[] nameBytes;

  final ByteBuilder rows = new ByteBuilder(0);

  /** How deep its events are taken apart, where the schema says so of it; else null. */
  NestingLimit nesting;

  boolean exists;
  boolean isNew;

  /** Whether rows of it carry {@code _dlt_root_id}. */
  boolean hasRootKey;

  /** Whether a row is being written, so that another can't start. */
  boolean rowOpen;

  /** The parent row in which a list has taken this table (M7). */
  long claimedByRow;

  long claimedByObject;

  private long repeatedInRow;
  private int repetitions;

  int waitingRows;
  int eventStart;
  int eventRows;
  boolean touchedByEvent;

  /** Rows that are handed over or wait. */
  long loadedRows;

  /** Whether an event that loaded has made sure of the system columns: then they stay. */
  boolean hasSystemColumns;

  boolean changed;

  boolean seenData;

  /** Whether an event of this batch named it, loaded or not. */
  boolean gotEvents;

  /** Columns of the schema that a row must have a value for, dlt's own aside. */
  final List<ColumnSlot> required = new ArrayList<>();

  private final Map<String, ColumnSlot> slots = new HashMap<>();
  private final List<ColumnSlot> columns = new ArrayList<>();
  private final Map<String, Object> properties = new LinkedHashMap<>();

  TableSlot(String name, String parent, String root, String rawPath, SchemaContract contract) {
    this.name = name;
    this.contract = contract;
    this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
    this.parent = parent;
    this.root = root;
    this.rawPath = rawPath;
  }

  /** Notes a column of the schema, if rows must have a value for it. */
  void noteRequired(ColumnSlot column) {
    if (column.isRequired() && !SystemColumns.isReserved(column.name)) {
      required.add(column);
    }
  }

  /** Counts the lists of one row that claim this table with a raw path that was used already. */
  int nextRepetition(long row) {
    repetitions = repeatedInRow == row ? repetitions + 1 : 1;
    repeatedInRow = row;
    return repetitions;
  }

  Map<String, ColumnSlot> slots() {
    return slots;
  }

  /** The columns of the schema, in the order of their creation. */
  List<ColumnSlot> columns() {
    return columns;
  }

  Map<String, Object> properties() {
    return properties;
  }

  Table table() {
    Map<String, Column> all = new LinkedHashMap<>();
    for (ColumnSlot column : columns) {
      all.put(column.name, column.column());
    }
    return new Table(name, all, properties);
  }
}
