package dev.millrace.loader.schema;

import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Merges two versions of one table that have a version in common, or none. */
final class TableMerge {
  private final Map<String, String> theirRawPaths;
  private final Map<String, String> ourRawPaths;
  private final Guards guards;

  TableMerge(Map<String, String> theirRawPaths, Map<String, String> ourRawPaths, Guards guards) {
    this.theirRawPaths = theirRawPaths;
    this.ourRawPaths = ourRawPaths;
    this.guards = guards;
  }

  /**
   * @param before the version that ours was made from; null if we made the table
   */
  Table merge(Table before, Table ours, Table theirs) throws ClashException {
    if (theirs.equals(before)) {
      return ours;
    }
    if (before == null) {
      if (!Objects.equals(ours.parent(), theirs.parent())) {
        throw new ClashException("both make a table " + ours.name() + " of different parents");
      }
      checkRawPath(ours.name());
    }
    Map<String, Object> old = before == null ? Map.of() : before.properties();
    return new Table(
        ours.name(),
        columns(before, ours, theirs),
        new PropertyMerge(ours.name()).merge(old, ours.properties(), theirs.properties()));
  }

  /** Refuses a new name that differs from an old one in case alone: warehouses take it as one. */
  void checkCase(String name, Set<String> others) throws ClashException {
    String folded = name.toLowerCase(Locale.ROOT);
    for (String other : others) {
      if (!other.equals(name) && other.toLowerCase(Locale.ROOT).equals(folded)) {
        throw new ClashException(name + " and " + other + " are one name but for case");
      }
    }
  }

  private Map<String, Column> columns(Table before, Table ours, Table theirs)
      throws ClashException {
    Map<String, Column> merged = new LinkedHashMap<>(theirs.columns());
    for (Column column : ours.columns().values()) {
      Column old = before == null ? null : before.columns().get(column.name());
      Column their = theirs.columns().get(column.name());
      if (column.equals(old)) {
        continue;
      }
      if (their == null) {
        if (before == null) {
          // Which row needed the column first is not told for columns that come with a table.
          throw new ClashException("both make the table " + ours.name() + ", of other columns");
        }
        checkCase(column.name(), theirs.columns().keySet());
        merged.put(column.name(), column);
      } else if (their.equals(old) || !their.isComplete()) {
        merged.put(column.name(), column);
      } else {
        checkSame(ours.name(), column, their);
      }
    }
    if (merged.size() > theirs.columns().size() && merged.size() > guards.columnsPerTable()) {
      throw new ClashException(
          "together they make more columns of " + ours.name() + " than the guard allows");
    }
    return merged;
  }

  private void checkSame(String table, Column ours, Column theirs) throws ClashException {
    if (ours.type() != theirs.type() || ours.isVariant() != theirs.isVariant()) {
      throw new ClashException(
          "both make the column " + table + "." + ours.name() + ", of other types");
    }
    checkRawPath(table + "." + ours.name());
  }

  private void checkRawPath(String name) throws ClashException {
    if (!Objects.equals(ourRawPaths.get(name), theirRawPaths.get(name))) {
      throw new ClashException("both make the name " + name + ", of other keys");
    }
  }
}
