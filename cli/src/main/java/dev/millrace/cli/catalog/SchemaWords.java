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
import java.util.stream.Stream;

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
    List<Map<String, Object>> hints = hints(table, column);
    Column inSchema = column(table, column);
    Set<String> tags = new LinkedHashSet<>();
    hints.forEach(hint -> addTags(hint, tags));
    if (inSchema != null) {
      addTags(inSchema.hints(), tags);
    }
    String description =
        Stream.of(
                hints.stream().map(it -> it.get(DESCRIPTION)),
                Stream.of(variantOf(inSchema)),
                Stream.of(inSchema == null ? null : inSchema.description()),
                Stream.of(inWarehouse),
                Stream.of(SystemWords.description(column)))
            .flatMap(it -> it)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .findFirst()
            .orElse(null);
    return new ColumnNotes(description, List.copyOf(tags));
  }

  private static void addTags(Map<String, Object> properties, Set<String> tags) {
    if (properties.get(NormalizerSettings.TAGS) instanceof List<?> list) {
      list.forEach(tag -> tags.add(String.valueOf(tag)));
    }
  }

  /** What a variant is; null for any other column. */
  private static Object variantOf(Column column) {
    if (column == null || !column.isVariant() || !column.name().contains("__v_")) {
      return null;
    }
    String taken = column.name().substring(0, column.name().lastIndexOf("__v_"));
    return "Values of %s that are not of its type.".formatted(taken);
  }

  /** A table's description, or null. */
  String description(String table) {
    Table known = schema.table(table);
    return known != null && known.properties().get(DESCRIPTION) instanceof String text
        ? text
        : null;
  }

  private Column column(String table, String column) {
    Table known = schema.table(table);
    return known == null ? null : known.columns().get(column);
  }

  /** What the settings say: of the table itself before what they say of all root tables. */
  private List<Map<String, Object>> hints(String table, String column) {
    Table known = schema.table(table);
    List<Map<String, Object>> found = new ArrayList<>();
    hint(table, column, found);
    if (known == null || known.parent() == null) {
      hint(ALL_ROOT_TABLES, column, found);
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
