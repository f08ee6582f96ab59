package dev.millrace.loader.settings;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.schema.DataType;
import java.util.List;
import java.util.stream.Stream;

/** Which tables and columns events become. */
final class ShapeKeys {
  private static final NormalizerSettings UNLESS_SET = NormalizerSettings.DEFAULT;
  private static final Takes.OneOf DATA_TYPES =
      new Takes.OneOf(Stream.of(DataType.values()).map(DataType::word).toList());

  static final Setting<Takes.WholeNumber> MAX_NESTING =
      new Setting<>(
          "max_nesting",
          new Takes.WholeNumber(0, 1_000),
          "not set by default, and then only the guard `nesting_levels` limits it",
          """
          Containers deeper than this are kept as JSON in one column; 0 keeps all of them so.""",
          """
          max_nesting: 2
          """);

  static final Setting<Takes.Flag> ROOT_KEY =
      new Setting<>(
          "root_key",
          new Takes.Flag(),
          "default `%s`".formatted(UNLESS_SET.rootKey()),
          """
          Whether rows of child tables, at any depth, carry `_dlt_root_id`, the `_dlt_id` of their
          event.""",
          """
          root_key: true
          """);

  static final Setting<Takes.Flag> TRUST_SYSTEM_KEYS =
      new Setting<>(
          "trust_system_keys",
          new Takes.Flag(),
          "default `%s`".formatted(UNLESS_SET.trustSystemKeys()),
          """
          Whether an event's own `_dlt_id` is its id. For imports of data that dlt has made; events
          from outside must not choose their ids.""",
          """
          trust_system_keys: true
          """);

  static final Setting<Takes.OneOf> DATA_TYPE =
      new Setting<>(
          "columns.<table>.<column>.data_type",
          DATA_TYPES,
          "by default the first value decides",
          """
          The type that the column has from the start. The table is written as in the dataset, or
          `"*"` for all root tables; the column too (`properties__total`).""",
          """
          columns:
            order_completed:
              properties__total: {data_type: decimal}
          """);

  static final Setting<Takes.Flag> NULLABLE =
      new Setting<>(
          "columns.<table>.<column>.nullable",
          new Takes.Flag(),
          "default `true`",
          "With `false`, an event that has no value for the column is bad (`null_in_required`).",
          """
          columns:
            "*":
              user_id: {nullable: false}
          """);

  static final Setting<Takes.Text> DESCRIPTION =
      new Setting<>(
          "columns.<table>.<column>.description",
          new Takes.Text("Text", "(?s).*", "a text"),
          "none by default",
          "Stands in the schema, for those who read the tables.",
          """
          columns:
            order_completed:
              properties__total: {description: With tax}
          """);

  static final Setting<Takes.Text> TAGS =
      new Setting<>(
          "columns.<table>.<column>.tags",
          new Takes.Text("A list of texts", "(?s).*", "a text"),
          "none by default",
          """
          Words that say what kind of values a column holds; `millrace catalog` shows them. It shows
          no example values of a column that is tagged `pii`, `personal`, `private`, `sensitive`,
          `confidential` or `secret`.""",
          """
          columns:
            "*":
              user_id: {tags: [pii, key]}
          """);

  static final Setting<Takes.WholeNumber> PRECISION =
      new Setting<>(
          "columns.<table>.<column>.precision",
          new Takes.WholeNumber(1, 76),
          "default the type's own (38 for `decimal`)",
          "Digits of a `decimal`, all together.",
          """
          columns:
            order_completed:
              properties__total: {data_type: decimal, precision: 20}
          """);

  static final Setting<Takes.WholeNumber> SCALE =
      new Setting<>(
          "columns.<table>.<column>.scale",
          new Takes.WholeNumber(0, 38),
          "default the type's own (9 for `decimal`)",
          "Digits of a `decimal` behind the point.",
          """
          columns:
            order_completed:
              properties__total: {data_type: decimal, precision: 20, scale: 4}
          """);

  static final Setting<Takes.OneOf> PREFERRED_TYPE =
      new Setting<>(
          "preferred_types.<column>",
          DATA_TYPES,
          "none by default",
          """
          What a new column of that name takes in any table, where its first value fits. `"re:…"` is
          a regular expression that is searched for in the name.""",
          """
          preferred_types:
            "re:_at$": timestamp
          """);

  static final Chapter CHAPTER =
      new Chapter(
          "Shape",
          "",
          List.of(
              MAX_NESTING,
              ROOT_KEY,
              TRUST_SYSTEM_KEYS,
              DATA_TYPE,
              NULLABLE,
              DESCRIPTION,
              TAGS,
              PRECISION,
              SCALE,
              PREFERRED_TYPE));

  private ShapeKeys() {}
}
