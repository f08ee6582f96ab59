package dev.millrace.loader.settings;

import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.schema.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the file says of how events become rows. */
final class NormalizerSection {
  private static final String ALL_ROOT_TABLES = "*";

  private final Section file;
  private final NormalizerSettings defaults;
  private final SecretSources secrets;
  private final TableNames names;

  NormalizerSection(Section file, NormalizerSettings defaults, SecretSources secrets) {
    this.file = file;
    this.defaults = defaults;
    this.secrets = secrets;
    this.names = new TableNames(defaults.maxIdentifierLength());
  }

  /**
   * @param resource of root tables
   */
  NormalizerSettings read(String resource) {
    file.text(NameKeys.NAMING);
    Optional<Integer> maxNesting = file.number(ShapeKeys.MAX_NESTING);
    return new NormalizerSettings(
        file.text(NameKeys.EVENT_NAME_FIELD).orElse(defaults.eventNameField()),
        resource,
        defaults.maxIdentifierLength(),
        maxNesting.isPresent() ? OptionalInt.of(maxNesting.get()) : defaults.maxNesting(),
        file.bool(ShapeKeys.ROOT_KEY).orElse(defaults.rootKey()),
        file.has("columns") ? columns(file.section("columns")) : defaults.columnHints(),
        file.has("preferred_types")
            ? preferredTypes(file.section("preferred_types"))
            : defaults.preferredTypes(),
        new ContractsSection(file, names).read(defaults.contracts()),
        file.has(SettingKeys.PRIVACY)
            ? new PrivacySection(file.section(SettingKeys.PRIVACY), secrets).read()
            : defaults.privacy(),
        file.bool(ShapeKeys.TRUST_SYSTEM_KEYS).orElse(defaults.trustSystemKeys()),
        defaults.arraysAreSequences(),
        guards(file.section(SettingKeys.GUARDS).allow(SettingKeys.in(SettingKeys.GUARDS))));
  }

  private Map<String, Map<String, ColumnHint>> columns(Section tables) {
    Map<String, Map<String, ColumnHint>> hints = new LinkedHashMap<>();
    for (String table : tables.keys()) {
      if (!table.equals(ALL_ROOT_TABLES)) {
        names.check(tables, table);
      }
      Section columns = tables.section(table);
      Map<String, ColumnHint> ofTable = new LinkedHashMap<>();
      for (String column : columns.keys()) {
        names.check(columns, column);
        Section hint = columns.section(column).allow(SettingKeys.in(SettingKeys.HINT));
        ofTable.put(column, hint(hint));
      }
      hints.put(table, ofTable);
    }
    return hints;
  }

  private static ColumnHint hint(Section column) {
    Map<String, Object> properties = new LinkedHashMap<>();
    column.text("description").ifPresent(text -> properties.put("description", text));
    List<String> tags = column.texts("tags");
    if (!tags.isEmpty()) {
      properties.put(NormalizerSettings.TAGS, tags);
    }
    column.number(ShapeKeys.PRECISION).ifPresent(digits -> properties.put("precision", digits));
    column.number(ShapeKeys.SCALE).ifPresent(digits -> properties.put("scale", digits));
    return new ColumnHint(
        type(column, "data_type").orElse(null),
        column.bool(ShapeKeys.NULLABLE).orElse(null),
        properties);
  }

  private static Map<String, DataType> preferredTypes(Section section) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (String key : section.keys()) {
      Optional<DataType> type = type(section, key);
      if (key.startsWith("re:")) {
        try {
          Pattern.compile(key.substring(3));
        } catch (PatternSyntaxException e) {
          section.wrong(key, "no regular expression (" + e.getDescription() + ")", "one after re:");
          continue;
        }
      }
      type.ifPresent(it -> types.put(key, it));
    }
    return types;
  }

  private static Optional<DataType> type(Section section, String key) {
    Optional<String> word = section.text(key);
    StringJoiner words = new StringJoiner(", ");
    for (DataType type : DataType.values()) {
      if (word.isPresent() && type.word().equals(word.get())) {
        return Optional.of(type);
      }
      words.add(type.word());
    }
    return word.isEmpty() ? Optional.empty() : section.wrong(key, word.get(), "one of " + words);
  }

  private Guards guards(Section section) {
    Guards guards = defaults.guards();
    return new Guards(
        section.number(GuardKeys.NESTING_LEVELS).orElse(guards.nestingLevels()),
        section.number(GuardKeys.COLUMNS_PER_TABLE).orElse(guards.columnsPerTable()),
        section.number(GuardKeys.TABLES).orElse(guards.tables()),
        section.bytes(GuardKeys.EVENT_BYTES).orElse(guards.eventBytes()));
  }
}
