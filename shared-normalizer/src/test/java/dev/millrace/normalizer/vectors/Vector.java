package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.Guards;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.SchemaContracts;
import dev.millrace.normalizer.schema.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A golden vector: events in loads, and what dlt 1.31 made of them. */
record Vector(String name, JsonNode settings, List<List<byte[]>> batches, JsonNode expected) {
  static final JsonMapper JSON = JsonMapper.builder().build();

  static Vector read(Path file) throws IOException {
    JsonNode document = JSON.readTree(Files.readAllBytes(file));
    List<List<byte[]>> batches = new ArrayList<>();
    GeneratedIds generated = new GeneratedIds();
    for (JsonNode batch : document.get("batches")) {
      batches.add(generated.given(batch));
    }
    return new Vector(
        document.get("name").asString(),
        document.get("settings"),
        batches,
        document.get("expected"));
  }

  NormalizerSettings normalizerSettings() {
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
    JsonNode maxNesting = settings.path("max_nesting");
    return new NormalizerSettings(
        settings.get("table_name_field").asString(),
        settings.get("resource").asString(),
        settings.get("effective_max_identifier_length").asInt(),
        maxNesting.isNumber() ? OptionalInt.of(maxNesting.asInt()) : OptionalInt.empty(),
        settings.path("root_key").asBoolean(false),
        hints.isEmpty() ? Map.of() : Map.of("*", hints),
        preferred,
        SchemaContracts.NONE,
        dev.millrace.normalizer.privacy.PrivacyRules.NONE,
        true,
        false,
        Guards.DEFAULT);
  }

  private static ColumnHint columnHint(JsonNode hint) {
    Map<String, Object> properties = new LinkedHashMap<>();
    hint.properties()
        .forEach(
            property -> {
              if (!property.getKey().equals("data_type") && !property.getKey().equals("nullable")) {
                properties.put(
                    property.getKey(), JSON.treeToValue(property.getValue(), Object.class));
              }
            });
    return new ColumnHint(
        hint.has("data_type") ? DataType.of(hint.get("data_type").asString()) : null,
        hint.has("nullable") ? (Boolean) hint.get("nullable").asBoolean() : null,
        properties);
  }

  /** Gives the ids of the vectors' generator to events that bring none. */
  private static final class GeneratedIds {
    private int count;

    List<byte[]> given(JsonNode batch) {
      List<ObjectNode> events = new ArrayList<>();
      batch.forEach(event -> events.add((ObjectNode) event));
      Map<String, List<ObjectNode>> byTable = new HashMap<>();
      for (ObjectNode event : events) {
        byTable
            .computeIfAbsent(event.path("event").asString("") + ".", each -> new ArrayList<>())
            .add(event);
      }
      byTable.keySet().stream()
          .sorted()
          .flatMap(table -> byTable.get(table).stream())
          .filter(event -> !event.has("_dlt_id"))
          .forEach(event -> event.put("_dlt_id", "gen-%06d".formatted(++count)));
      return events.stream().map(JSON::writeValueAsBytes).toList();
    }
  }
}
