package dev.millrace.cli.forget;

import dev.millrace.loader.ports.Dataset.ColumnInfo;
import dev.millrace.loader.ports.Dataset.TableInfo;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.IdField;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The event tables of a dataset, and which is whose child. */
final class EventTables {
  static final String ROW_ID = "_dlt_id";
  static final String PARENT_ID = "_dlt_parent_id";

  private final Map<String, TableInfo> tables;
  private final StoredSchema schema;
  private final Map<String, List<String>> children = new TreeMap<>();
  private final List<String> roots = new ArrayList<>();

  /**
   * @param tables all of the dataset's
   * @param schema tells the parents; a table that it doesn't know is the child of the one whose
   *     name its own begins with
   */
  EventTables(Map<String, TableInfo> tables, StoredSchema schema) {
    this.tables = tables;
    this.schema = schema;
    tables.keySet().stream().filter(this::isEventTable).sorted().forEach(this::place);
  }

  private boolean isEventTable(String name) {
    return !name.startsWith("_dlt_") && !name.startsWith("_millrace_") && has(name, ROW_ID);
  }

  private boolean has(String table, String column) {
    return tables.get(table).columns().stream().anyMatch(each -> each.name().equals(column));
  }

  private void place(String name) {
    if (!has(name, PARENT_ID)) {
      roots.add(name);
      return;
    }
    String parent = parent(name);
    if (parent != null) {
      children.computeIfAbsent(parent, each -> new ArrayList<>()).add(name);
    }
  }

  private String parent(String name) {
    Table known = schema.schema().table(name);
    if (known != null && known.parent() != null) {
      return known.parent();
    }
    int end = name.lastIndexOf("__");
    while (end > 0 && !tables.containsKey(name.substring(0, end))) {
      end = name.lastIndexOf("__", end - 1);
    }
    return end > 0 ? name.substring(0, end) : null;
  }

  /** The tables of events, by name. */
  List<String> roots() {
    return roots;
  }

  /** The tables of the lists in a table's rows. */
  List<String> children(String table) {
    return children.getOrDefault(table, List.of());
  }

  /** The columns of a table that a field of ids went to, its variants and clashing names too. */
  List<ColumnInfo> columns(String table, IdField field) {
    return tables.get(table).columns().stream()
        .filter(
            column ->
                field.isNamed(column.name())
                    || field.isNamed(
                        schema.rawPaths().getOrDefault(table + "." + column.name(), "")))
        .toList();
  }
}
