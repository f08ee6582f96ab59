package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables that a batch's events go to: those of the schema, and those that events ask for. */
final class TableSlots {
  private static final String FALLBACK_TABLE = "events";
  private static final int TAG_AND_UNDERSCORE = 7;

  /** What a field takes with a short key. */
  private static final int FIELD_BYTES = 256;

  /** How many fields take as much as a table and its shape. */
  private static final int TABLE_FIELDS = 4;

  private final Schema schema;
  private final NormalizerSettings settings;
  private final SnakeCase names;
  private final PreferredTypes preferredTypes;
  private final long fieldSeed;
  private final Map<String, TableSlot> roots = new LinkedHashMap<>();
  private final Map<String, TableSlot> children = new LinkedHashMap<>();

  /** Both kinds, in the order in which events named them. */
  private final List<TableSlot> all = new ArrayList<>();

  private final Map<String, String> rawPaths;

  /** Names that carry a tag because a table of the other kind has theirs, by claim. */
  private final Map<String, String> taggedNames = new HashMap<>();

  private int tablesInSchema;
  private int fieldCount;

  TableSlots(
      Schema schema, Map<String, String> rawPaths, NormalizerSettings settings, long fieldSeed) {
    this.schema = schema;
    this.settings = settings;
    this.fieldSeed = fieldSeed;
    this.names = new SnakeCase(settings.maxIdentifierLength());
    this.preferredTypes = new PreferredTypes(settings.preferredTypes());
    this.rawPaths = new LinkedHashMap<>(rawPaths);
    for (Table table : schema.tables().values()) {
      if (!table.isSystem()) {
        tablesInSchema++;
        if (rawPaths.containsKey(table.name())) {
          taggedNames.put(claim(untagged(table.name()), table.parent() != null), table.name());
        }
      }
    }
  }

  SnakeCase names() {
    return names;
  }

  long fieldSeed() {
    return fieldSeed;
  }

  /** Fields made so far, and what takes as much memory: long keys, tables, names of events. */
  int fieldCount() {
    return fieldCount;
  }

  /** Counts an event's name, which is kept. */
  void named(int length) {
    fieldCount += 1 + 3 * length / FIELD_BYTES;
  }

  void resetFieldCount() {
    fieldCount = 0;
  }

  Map<String, String> rawPaths() {
    return rawPaths;
  }

  Iterable<TableSlot> all() {
    return all;
  }

  int tablesInSchema() {
    return tablesInSchema;
  }

  /** The table of events of that name (design, "The event"; departures M2, M12). */
  ObjectShape root(String eventName) {
    String name = names.path(eventName);
    if (isReserved(name)) {
      name = names.join("event" + name);
    }
    RawPath rawPath = RawPath.of(eventName);
    RawPath tagSource = null;
    if (isTaken(name, false)) {
      tagSource = rawPath;
      name = taggedName(name, rawPath, false);
    }
    if (!exists(roots, name) && isTableGuardReached() && !name.equals(FALLBACK_TABLE)) {
      return root(FALLBACK_TABLE);
    }
    TableSlot table = slot(name, null, name, tagSource);
    RowShape row = new RowShape(name, rawPath);
    return new ObjectShape(table, row, settings.privacy().root(), fieldSeed);
  }

  /** Whether events of that name have no table and can't get one: each of them is counted. */
  boolean isGuarded(String eventName, ObjectShape shape) {
    return shape.table.name.equals(FALLBACK_TABLE) && !names.path(eventName).equals(FALLBACK_TABLE);
  }

  /** The table of the lists of one field. */
  ListShape list(ObjectShape parent, Field field) {
    String path = parent.row.path() + "__" + parent.under(field.part);
    RawPath rawPath = parent.rawPath(field.key);
    String name = names.join(path);
    RawPath tagSource = null;
    if (isTaken(name, true)) {
      tagSource = rawPath;
      name = taggedName(name, rawPath, true);
      path = name;
    }
    return list(field, name, path, rawPath, tagSource);
  }

  /**
   * The table of a list whose own name another list of the same row has taken (M7).
   *
   * @param repetition as for {@link RawPath#tag}
   */
  ListShape taggedList(ObjectShape parent, Field field, RawPath tagSource, int repetition) {
    String plain = names.join(parent.row.path() + "__" + parent.under(field.part));
    String name = names.tagged(plain, tagSource, repetition);
    return list(field, name, name, parent.rawPath(field.key), tagSource);
  }

  private ListShape list(
      Field field, String name, String path, RawPath rawPath, RawPath tagSource) {
    if (!exists(children, name) && isTableGuardReached()) {
      return ListShape.KEPT;
    }
    TableSlot parent = field.shape.table;
    TableSlot table = slot(name, parent.name, parent.root, tagSource);
    if (!table.hasRootKey && (settings.rootKey() || parent.hasRootKey)) {
      table.hasRootKey = true;
      table.hasSystemColumns = false;
    }
    RowShape row = new RowShape(path, rawPath);
    return new ListShape(table, new ObjectShape(table, row, field.place.element(), fieldSeed));
  }

  private boolean isTableGuardReached() {
    return tablesInSchema >= settings.guards().tables();
  }

  /** Whether a table of the other kind has the name. */
  private boolean isTaken(String name, boolean child) {
    TableSlot other = (child ? roots : children).get(name);
    if (other != null && other.exists) {
      return true;
    }
    Table table = schema.table(name);
    return table != null && (table.parent() != null) != child;
  }

  /**
   * Whether what was found out about a table that does not exist may no longer hold: others came
   * first, or made way.
   *
   * @param table null for a list that the table guard keeps whole
   */
  boolean isOutdated(TableSlot table) {
    if (table == null) {
      return !isTableGuardReached();
    }
    return !table.exists && (isTableGuardReached() || isTaken(table.name, table.parent != null));
  }

  /** Whether the table is there: a name alone is given no room, for clients may send any. */
  private boolean exists(Map<String, TableSlot> slots, String name) {
    TableSlot slot = slots.get(name);
    return slot == null ? schema.table(name) != null : slot.exists;
  }

  private String taggedName(String name, RawPath rawPath, boolean child) {
    String tagged = names.tagged(name, rawPath, 0);
    return taggedNames.computeIfAbsent(claim(untagged(tagged), child), claim -> tagged);
  }

  private static String claim(String untagged, boolean child) {
    return (child ? "child " : "root ") + untagged;
  }

  private static String untagged(String tagged) {
    return tagged.substring(0, Math.max(0, tagged.length() - TAG_AND_UNDERSCORE));
  }

  static boolean isReserved(String part) {
    return part.startsWith("_dlt") || part.startsWith("_millrace");
  }

  private TableSlot slot(String name, String parent, String root, RawPath rawPath) {
    Map<String, TableSlot> slots = parent == null ? roots : children;
    TableSlot slot = slots.get(name);
    if (slot == null) {
      Table table = schema.table(name);
      fieldCount += TABLE_FIELDS;
      slot =
          new TableSlot(
              name,
              table == null ? parent : table.parent(),
              root,
              rawPath == null ? null : rawPath.text(),
              settings.contracts().of(root));
      slots.put(name, slot);
      all.add(slot);
      if (table != null) {
        read(slot, table);
      }
    }
    return slot;
  }

  private void read(TableSlot slot, Table table) {
    slot.exists = true;
    slot.properties().putAll(table.properties());
    for (Column column : table.columns().values()) {
      ColumnSlot read = column(slot, column.name());
      read.define(column);
      slot.columns().add(read);
      noteRequired(slot, read);
    }
    slot.hasRootKey = table.columns().containsKey("_dlt_root_id");
    if (table.properties().get("x-normalizer") instanceof Map<?, ?> marks
        && marks.get("max_nesting") instanceof Number levels) {
      slot.nesting = NestingLimit.of(settings, levels.intValue());
    }
  }

  static void noteRequired(TableSlot table, ColumnSlot column) {
    if (column.isRequired() && !isReserved(column.name)) {
      table.required.add(column);
    }
  }

  void created() {
    tablesInSchema++;
  }

  void uncreated(TableSlot slot) {
    tablesInSchema--;
    slot.exists = false;
    slot.isNew = false;
    slot.properties().clear();
  }

  /** The slot of a column, existing or not. */
  ColumnSlot column(TableSlot table, String name) {
    ColumnSlot slot = table.slots().get(name);
    if (slot == null) {
      slot = new ColumnSlot(table, name, preferredTypes.of(name));
      table.slots().put(name, slot);
    }
    return slot;
  }

  Field field(ObjectShape shape, String key, byte[] spelled) {
    fieldCount += 1 + 3 * spelled.length / FIELD_BYTES;
    String part = names.path(key);
    if (part.isEmpty()) {
      part = "_empty";
    }
    if (isReserved(part) && !settings.trustSystemKeys()) {
      part = "event" + part;
    }
    String name = names.join(shape.under(part));
    return new Field(
        shape,
        key,
        spelled,
        part,
        column(shape.table, name),
        shape.place.key(key),
        role(shape, key, name));
  }

  /** A field for list elements that are no objects, under the name that dlt gives them. */
  Field elementField(ObjectShape shape, String name) {
    byte[] spelled = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    ColumnSlot column = column(shape.table, name);
    return new Field(shape, name, spelled, name, column, shape.place, Field.Role.NONE);
  }

  private Field.Role role(ObjectShape shape, String key, String name) {
    if (shape.isEvent() && key.equals("messageId")) {
      return Field.Role.MESSAGE_ID;
    }
    boolean written =
        switch (name) {
          case "_dlt_load_id" -> shape.table.parent == null;
          case "_dlt_parent_id", "_dlt_list_idx" -> shape.table.parent != null;
          case "_millrace_received_at", "_millrace_overflow" -> true;
          default -> false;
        };
    return settings.trustSystemKeys() && written ? Field.Role.SKIPPED : Field.Role.NONE;
  }

  /** The slot of a value whose own name another value of the row has taken (M7). */
  ColumnSlot taggedColumn(ColumnSlot taken, RawPath tagSource, long row) {
    ColumnSlot slot = column(taken.table, names.tagged(taken.name, tagSource, 0));
    while (slot.claimedByRow == row) {
      int repetition = taken.nextRepetition(row);
      slot = column(taken.table, names.tagged(taken.name, tagSource, repetition));
    }
    if (slot.taggedFor == null) {
      slot.taggedFor = tagSource.text();
    }
    return slot;
  }

  /** The tables of the batch that changed, for the schema after it. */
  List<Table> changedTables() {
    List<Table> changed = new ArrayList<>();
    for (TableSlot slot : all) {
      if (slot.exists && slot.changed) {
        changed.add(slot.table());
      }
    }
    return changed;
  }

  /** What is known of a root table's columns beforehand. */
  Map<String, NormalizerSettings.ColumnHint> hints(TableSlot table) {
    Map<String, NormalizerSettings.ColumnHint> hints = new LinkedHashMap<>();
    if (table.parent == null) {
      hints.putAll(settings.columnHints().getOrDefault("*", Map.of()));
    }
    hints.putAll(settings.columnHints().getOrDefault(table.name, Map.of()));
    return hints;
  }

  static boolean isDeclaredOnly(ColumnSlot slot) {
    return slot.type == null && slot.table.columns().contains(slot);
  }

  /** Shapes are forgotten when too many keys were seen; names that nothing took go with them. */
  void forgetUnused() {
    roots.values().removeIf(slot -> !slot.exists);
    children.values().removeIf(slot -> !slot.exists);
    all.removeIf(slot -> !slot.exists);
    for (TableSlot table : all) {
      table.slots().values().removeIf(slot -> slot.type == null && !isDeclaredOnly(slot));
      table.slots().values().forEach(ColumnSlot::forgetVariants);
    }
  }

  /** The type that settings prefer for a column, for a column that has none yet. */
  static boolean isKeptWhole(ColumnSlot column) {
    return column.type == DataType.JSON
        || (column.type == null && column.preferred == DataType.JSON);
  }
}
