package dev.millrace.loader.settings;

import dev.millrace.normalizer.NormalizerSettings;
import java.util.List;
import java.util.Map;

/** What tables, and the dataset that they are in, are called. */
final class NameKeys {
  private static final Settings UNLESS_SET = Settings.of("", Map.of());

  static final Setting<Takes.Text> EVENT_NAME_FIELD =
      new Setting<>(
          "event_name_field",
          new Takes.Text("Text", ".+", "the name of a field"),
          "default `%s`".formatted(NormalizerSettings.DEFAULT.eventNameField()),
          "The field of an event that names its table.",
          """
          event_name_field: type
          """);

  static final Setting<Takes.Text> NAMING =
      new Setting<>(
          "naming",
          new Takes.Text(
              "`snake_case`, which is the default and the only convention there is",
              "snake_case",
              "snake_case, which is the only convention there is,"),
          "",
          "`Order Completed` becomes `order_completed`.",
          """
          naming: snake_case
          """);

  static final Setting<Takes.Text> SCHEMA_NAME =
      new Setting<>(
          "schema_name",
          name(64),
          "default `%s`".formatted(UNLESS_SET.schemaName()),
          """
          dlt's name of the schema and the pipeline, and the `resource` of root tables. It can't be
          changed once there are tables.""",
          """
          schema_name: shop
          """);

  static final Setting<Takes.Text> DATASET =
      new Setting<>(
          "dataset",
          name(500),
          "default `%s`".formatted(UNLESS_SET.dataset()),
          """
          The dataset, or DuckDB schema, that the tables are in. The views are in
          `<dataset>_unique`.""",
          """
          dataset: shop_events
          """);

  static final Chapter CHAPTER =
      new Chapter("Events and names", "", List.of(EVENT_NAME_FIELD, NAMING, SCHEMA_NAME, DATASET));

  private NameKeys() {}

  private static Takes.Text name(int most) {
    return new Takes.Text(
        "Letters, digits and `_`, at most %d, no digit first".formatted(most),
        "[A-Za-z_][A-Za-z0-9_]{0,%d}".formatted(most - 1),
        "a name of letters, digits and _, %d at most, that begins with no digit,".formatted(most));
  }
}
