package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.SchemaContract;
import dev.millrace.normalizer.SchemaContract.Entity;
import dev.millrace.normalizer.SchemaContract.Mode;
import dev.millrace.normalizer.SchemaContracts;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.DltTablesWithoutState;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The settings of a scenario as ours. */
record ScenarioSettings(JsonNode settings) {
  /** The destination acts by the length of names alone, which is stated; so is the wanted one. */
  private static final Set<String> KNOWN =
      Set.of(
          "destination",
          "effective_max_identifier_length",
          "max_identifier_length",
          "max_nesting",
          "resource_max_nesting",
          "schema_contract",
          "root_key",
          "preferred_types",
          "column_hints",
          "add_detections",
          "load_ids",
          "schema_name",
          "resource",
          "table_name_field");

  ScenarioSettings {
    settings
        .properties()
        .forEach(
            setting -> {
              if (!KNOWN.contains(setting.getKey()) && !setting.getValue().isNull()) {
                throw new IllegalArgumentException(
                    "setting " + setting.getKey() + " is not known to this runner");
              }
            });
  }

  String loadId(int batch) {
    return settings.get("load_ids").get(batch).asString();
  }

  /** The schema before the first batch. */
  Schema schema() {
    Schema initial = DltTablesWithoutState.initial(settings.get("schema_name").asString());
    Map<String, Object> noted = new LinkedHashMap<>(initial.settings());
    List<Object> detections = new ArrayList<>((List<?>) noted.get("detections"));
    settings.path("add_detections").forEach(each -> detections.add(each.asString()));
    noted.put("detections", detections);
    return initial.withSettings(noted);
  }

  /**
   * The schema before a batch of events. dlt keeps a resource's nesting on the root tables, which
   * it makes before it looks into the events.
   */
  Schema before(Schema schema, JsonNode events) {
    JsonNode levels = settings.path("resource_max_nesting");
    if (!levels.isNumber()) {
      return schema;
    }
    SnakeCase names = new SnakeCase(settings.get("effective_max_identifier_length").asInt());
    Map<String, Table> tables = new LinkedHashMap<>();
    for (JsonNode event : events) {
      String name = names.path(event.path(settings.get("table_name_field").asString()).asString());
      if (schema.table(name) == null) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("write_disposition", "append");
        properties.put("resource", settings.get("resource").asString());
        properties.put("x-normalizer", Map.of("max_nesting", levels.asInt()));
        tables.put(name, new Table(name, Map.of(), properties));
      }
    }
    return schema.with(tables.values());
  }

  NormalizerSettings of(int batch) {
    JsonNode maxNesting = settings.path("max_nesting");
    Map<String, ColumnHint> hints = new LinkedHashMap<>();
    settings
        .path("column_hints")
        .properties()
        .forEach(hint -> hints.put(hint.getKey(), columnHint(hint.getValue())));
    Map<String, DataType> preferred = new LinkedHashMap<>();
    settings
        .path("preferred_types")
        .properties()
        .forEach(type -> preferred.put(type.getKey(), DataType.of(type.getValue().asString())));
    return NormalizerSettings.DEFAULT
        .withEventNameField(settings.get("table_name_field").asString())
        .withResource(settings.get("resource").asString())
        .withMaxIdentifierLength(settings.get("effective_max_identifier_length").asInt())
        .withMaxNesting(
            maxNesting.isNumber() ? OptionalInt.of(maxNesting.asInt()) : OptionalInt.empty())
        .withRootKey(settings.path("root_key").asBoolean(false))
        .withColumnHints(hints.isEmpty() ? Map.of() : Map.of("*", hints))
        .withPreferredTypes(preferred)
        .withContracts(contracts(batch))
        .withTrustSystemKeys(true);
  }

  /** One contract for all batches, or one for each; null where nothing is said. */
  private SchemaContracts contracts(int batch) {
    JsonNode all = settings.path("schema_contract");
    JsonNode contract = all.isArray() ? all.get(batch) : all;
    if (contract.isString()) {
      return new SchemaContracts(SchemaContract.all(Mode.of(contract.asString())), Map.of());
    }
    Map<Entity, Mode> modes = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      if (contract.has(entity.word())) {
        modes.put(entity, Mode.of(contract.get(entity.word()).asString()));
      }
    }
    return new SchemaContracts(new SchemaContract(modes, false), Map.of());
  }

  private static ColumnHint columnHint(JsonNode hint) {
    Map<String, Object> properties = new LinkedHashMap<>();
    hint.properties()
        .forEach(
            property -> {
              if (!property.getKey().equals("data_type") && !property.getKey().equals("nullable")) {
                properties.put(
                    property.getKey(),
                    GoldenVector.JSON.treeToValue(property.getValue(), Object.class));
              }
            });
    return new ColumnHint(
        hint.has("data_type") ? DataType.of(hint.get("data_type").asString()) : null,
        hint.has("nullable") ? (Boolean) hint.get("nullable").asBoolean() : null,
        properties);
  }
}
