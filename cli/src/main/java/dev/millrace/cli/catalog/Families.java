package dev.millrace.cli.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tables as trees: each root table with its descendants. A table whose parent isn't there is a
 * root. Immutable.
 */
final class Families {
  private final Map<String, CatalogTable> byName = new LinkedHashMap<>();
  private final Map<String, List<CatalogTable>> children = new LinkedHashMap<>();
  private final Map<String, Integer> depths = new LinkedHashMap<>();
  private final List<CatalogTable> roots = new ArrayList<>();
  private final List<CatalogTable> inOrder = new ArrayList<>();

  /**
   * @param tables in the order in which roots, and the children of a table, are to stand
   */
  Families(List<CatalogTable> tables) {
    tables.forEach(table -> byName.put(table.name(), table));
    for (CatalogTable table : tables) {
      parentOf(table)
          .ifPresent(
              parent ->
                  children.computeIfAbsent(parent.name(), it -> new ArrayList<>()).add(table));
    }
    for (CatalogTable table : tables) {
      if (parentOf(table).isEmpty()) {
        root(table);
      }
    }
    // What is left is its own ancestor: the schema document is damaged, and the page is not to be.
    tables.forEach(this::root);
  }

  private void root(CatalogTable table) {
    if (!depths.containsKey(table.name())) {
      roots.add(table);
      place(table, 0);
    }
  }

  private void place(CatalogTable table, int depth) {
    inOrder.add(table);
    depths.put(table.name(), depth);
    List<CatalogTable> below = children.computeIfAbsent(table.name(), it -> new ArrayList<>());
    below.removeIf(child -> depths.containsKey(child.name()));
    for (CatalogTable child : below) {
      place(child, depth + 1);
    }
  }

  /** Each table behind its parent. */
  List<CatalogTable> tables() {
    return List.copyOf(inOrder);
  }

  /** Tables that are no table's children. */
  List<CatalogTable> roots() {
    return List.copyOf(roots);
  }

  List<CatalogTable> childrenOf(CatalogTable table) {
    return List.copyOf(children.getOrDefault(table.name(), List.of()));
  }

  Optional<CatalogTable> parentOf(CatalogTable table) {
    return Optional.ofNullable(table.parent()).map(byName::get);
  }

  /** How many ancestors a table has. */
  int depthOf(CatalogTable table) {
    return depths.get(table.name());
  }
}
