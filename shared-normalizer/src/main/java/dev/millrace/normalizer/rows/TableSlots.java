package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DocumentSize;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables that a batch's events go to: those of the schema, and those that events ask for. */
final class TableSlots {
  private final Schema schema;
  private final NormalizerSettings settings;
  private final SnakeCase names;
  private final PreferredTypes preferredTypes;
  private final Map<String, TableSlot> roots = new LinkedHashMap<>();
  private final Map<String, TableSlot> children = new LinkedHashMap<>();

  /** Both kinds, in the order in which events named them. */
  private final List<TableSlot> all = new ArrayList<>();

  private int tablesInSchema;

  /** About how long the schema's document is. */
  private long documentBytes;

  TableSlots(Schema schema, NormalizerSettings settings) {
    this.schema = schema;
    this.settings = settings;
    this.names = new SnakeCase(settings.maxIdentifierLength());
    this.preferredTypes = new PreferredTypes(settings.preferredTypes());
    for (Table table : schema.tables().values()) {
      if (!table.isSystem()) {
        tablesInSchema++;
      }
    }
    this.documentBytes = DocumentSize.of(schema);
  }

  SnakeCase names() {
    return names;
  }

  Iterable<TableSlot> all() {
    return all;
  }

  /** Whether there may be no more tables (M12). */
  boolean isGuardReached() {
    return isDocumentFull() || tablesInSchema >= settings.guards().tables();
  }

  /** Whether nothing may be added to the schema, whichever table it is for (M12). */
  boolean isDocumentFull() {
    return documentBytes >= DocumentSize.MAX;
  }

  /** The guard that acts where a table can't be made. */
  GuardName guardOfTables() {
    return isDocumentFull() ? GuardName.SCHEMA : GuardName.TABLES;
  }

  /** The guard that acts where a column can't be made. */
  GuardName guardOfColumns() {
    return isDocumentFull() ? GuardName.SCHEMA : GuardName.COLUMNS;
  }

  /** Whether the table is there: a name alone is given no room, for clients may send any. */
  boolean exists(String name, boolean child) {
    TableSlot slot = (child ? children : roots).get(name);
    return slot == null ? schema.table(name) != null : slot.exists;
  }

  /** Whether a table of the other kind has the name. */
  boolean isTaken(String name, boolean child) {
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
      return !isGuardReached();
    }
    return !table.exists && (isGuardReached() || isTaken(table.name, table.parent != null));
  }

  /** The slot of a root table, existing or not; null where nothing has asked for it. */
  TableSlot known(String name, boolean child) {
    return (child ? children : roots).get(name);
  }

  /**
   * Makes the slot of a table.
   *
   * @param parent the parent's name; null for a root table
   * @param rawPath null unless the name carries a tag
   */
  TableSlot add(String name, String parent, String root, RawPath rawPath) {
    Table table = schema.table(name);
    TableSlot slot =
        new TableSlot(
            name,
            table == null ? parent : table.parent(),
            root,
            rawPath == null ? null : rawPath.text(),
            settings.contracts().of(root));
    (parent == null ? roots : children).put(name, slot);
    all.add(slot);
    if (table != null) {
      read(slot, table);
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
      slot.noteRequired(read);
    }
    slot.hasRootKey = table.columns().containsKey("_dlt_root_id");
    if (table.properties().get("x-normalizer") instanceof Map<?, ?> marks
        && marks.get("max_nesting") instanceof Number levels) {
      slot.nesting = NestingLimit.of(settings, levels.intValue());
    }
  }

  void created(TableSlot slot) {
    tablesInSchema++;
    documentBytes += DocumentSize.ofTable(slot.name);
  }

  void uncreated(TableSlot slot) {
    tablesInSchema--;
    documentBytes -= DocumentSize.ofTable(slot.name);
    slot.exists = false;
    slot.isNew = false;
    slot.properties().clear();
  }

  void created(ColumnSlot slot) {
    documentBytes += DocumentSize.ofColumn(slot.name, slot.description());
  }

  void uncreated(ColumnSlot slot) {
    documentBytes -= DocumentSize.ofColumn(slot.name, slot.description());
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

  /** What is known of a root table's columns beforehand. */
  Map<String, NormalizerSettings.ColumnHint> hints(TableSlot table) {
    Map<String, NormalizerSettings.ColumnHint> hints = new LinkedHashMap<>();
    if (table.parent == null) {
      hints.putAll(settings.columnHints().getOrDefault("*", Map.of()));
    }
    hints.putAll(settings.columnHints().getOrDefault(table.name, Map.of()));
    return hints;
  }

  /** The tables of the batch that changed, for the schema after it. */
  List<Table> changed() {
    List<Table> changed = new ArrayList<>();
    for (TableSlot slot : all) {
      if (slot.exists && slot.changed) {
        changed.add(slot.table());
      }
    }
    return changed;
  }

  /** Forgets names that nothing took, when too many keys were seen. */
  void forgetUnused() {
    roots.values().removeIf(slot -> !slot.exists);
    children.values().removeIf(slot -> !slot.exists);
    all.removeIf(slot -> !slot.exists);
    for (TableSlot table : all) {
      table.slots().values().removeIf(slot -> slot.type == null && !slot.isDeclaredOnly());
      table.slots().values().forEach(ColumnSlot::forgetVariants);
    }
  }
}
