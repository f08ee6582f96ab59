package dev.millrace.cli.catalog;

import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells of which columns no value may be shown, and why. */
final class PrivateColumns {
  /** A column with one of these tags is private. */
  static final Set<String> TAGS =
      Set.of("pii", "personal", "private", "sensitive", "confidential", "secret");

  private final StoredSchema schema;
  private final int longestName;
  private final List<PrivatePath> rules;

  PrivateColumns(StoredSchema schema, NormalizerSettings settings) {
    SnakeCase names = new SnakeCase(settings.maxIdentifierLength());
    this.schema = schema;
    this.longestName = settings.maxIdentifierLength();
    this.rules =
        settings.privacy().rules().stream().map(rule -> PrivatePath.of(rule, names)).toList();
  }

  /**
   * Why a column's values are hidden; empty if they may be seen.
   *
   * @param type null if it is none of ours
   */
  Optional<String> reason(String table, String column, DataType type, List<String> tags) {
    Optional<String> tag =
        tags.stream().filter(it -> TAGS.contains(it.strip().toLowerCase(Locale.ROOT))).findFirst();
    if (tag.isPresent()) {
      return Optional.of("tagged " + tag.get());
    }
    if (rules.isEmpty() || SystemWords.isSystem(column)) {
      return Optional.empty();
    }
    Optional<String> path = path(table, column);
    if (path.isEmpty()) {
      return Optional.of("its path is not certain, and there are privacy rules");
    }
    boolean container = type == null || type == DataType.JSON;
    return rules.stream()
        .filter(rule -> rule.touches(path.get(), container))
        .map(it -> "privacy rule %s: %s".formatted(it.rule().path(), it.rule().action().word()))
        .findFirst();
  }

  /** Where the column's values were in the event; empty if its name doesn't tell. */
  private Optional<String> path(String table, String column) {
    if (!isPlain(table + "." + column, column)) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder("__").append(column);
    Table at = schema.schema().table(table);
    while (at != null && at.parent() != null) {
      String above = at.parent() + "__";
      if (!at.name().startsWith(above) || !isPlain(at.name(), at.name())) {
        return Optional.empty();
      }
      path.insert(0, "__" + at.name().substring(above.length()));
      at = schema.schema().table(at.parent());
    }
    return Optional.of(path.toString());
  }

  /** Whether a name is neither tagged nor shortened. */
  private boolean isPlain(String key, String name) {
    return !schema.rawPaths().containsKey(key)
        && name.codePointCount(0, name.length()) < longestName;
  }
}
