package dev.millrace.cli.catalog;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the settings and the schema say of columns. The settings come first, for they may have been
 * written after the column was made.
 */
record SchemaWords(NormalizerSettings settings, Schema schema) {
  private static final String ALL_ROOT_TABLES = "*";
  private static final String DESCRIPTION = "description";

  /**
   * @param inWarehouse the description that the warehouse's own column has, or null
   */
  ColumnNotes notes(String table, String column, String inWarehouse) {
    String description = null;
    Set<String> tags = new LinkedHashSet<>();
    for (Map<String, Object> properties : properties(table, column)) {
      if (description == null && properties.get(DESCRIPTION) instanceof String text) {
        description = text;
      }
      if (properties.get(NormalizerSettings.TAGS) instanceof List<?> list) {
        list.forEach(tag -> tags.add(String.valueOf(tag)));
      }
    }
    if (description == null && isVariant(table, column)) {
      description = "Values of another type than the column's of the name before __v_.";
    }
    if (description == null) {
      description = inWarehouse == null ? SystemWords.description(column) : inWarehouse;
    }
    return new ColumnNotes(description, List.copyOf(tags));
  }

  /** A table's description, or null. */
  String description(String table) {
    Table known = schema.table(table);
    return known != null && known.properties().get(DESCRIPTION) instanceof String text
        ? text
        : null;
  }

  private boolean isVariant(String table, String column) {
    Table known = schema.table(table);
    Column inSchema = known == null ? null : known.columns().get(column);
    return inSchema != null && inSchema.isVariant();
  }

  private List<Map<String, Object>> properties(String table, String column) {
    List<Map<String, Object>> found = new ArrayList<>();
    Table known = schema.table(table);
    hint(table, column, found);
    if (known == null || known.parent() == null) {
      hint(ALL_ROOT_TABLES, column, found);
    }
    Column inSchema = known == null ? null : known.columns().get(column);
    if (inSchema != null) {
      found.add(inSchema.hints());
    }
    return found;
  }

  private void hint(String table, String column, List<Map<String, Object>> found) {
    ColumnHint hint = settings.columnHints().getOrDefault(table, Map.of()).get(column);
    if (hint != null) {
      found.add(hint.properties());
    }
  }
}
