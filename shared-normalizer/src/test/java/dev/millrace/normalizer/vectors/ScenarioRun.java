package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs a scenario's batches as successive loads. */
final class ScenarioRun {
  private final Scenario scenario;
  private final ScenarioSettings settings;
  private final Map<String, ArrayNode> rows = new HashMap<>();
  private final ArrayNode badEvents = GoldenVector.JSON.createArrayNode();
  private final ArrayNode versions = GoldenVector.JSON.createArrayNode();
  private Schema schema;
  private Map<String, String> rawPaths = Map.of();

  ScenarioRun(Scenario scenario) {
    this.scenario = scenario;
    this.settings = new ScenarioSettings(scenario.document().get("settings"));
    this.schema = settings.schema();
  }

  /** Runs it once, and gives what is expected of it in the same shape. */
  ObjectNode run() throws IOException {
    for (int batch = 0; batch < scenario.batches().size(); batch++) {
      load(batch);
    }
    ObjectNode actual = GoldenVector.JSON.createObjectNode();
    ObjectNode tables = actual.putObject("tables");
    for (Table table : schema.tables().values()) {
      if (!table.isSystem()) {
        tables.set(table.name(), table(table));
      }
    }
    actual.set("schema_versions", versions);
    actual.set("stored_schema", GoldenVector.JSON.readTree(schema.document()));
    actual.set("bad_events", badEvents);
    return actual;
  }

  private void load(int batch) throws IOException {
    Schema before = settings.before(schema, scenario.document().get("batches").get(batch));
    Normalizer normalizer =
        new Normalizer(
            before,
            rawPaths,
            settings.of(batch),
            settings.loadId(batch),
            (table, buffer, offset, length, count) -> add(table, buffer, offset, length),
            bad -> add(batch, bad));
    long message = 0;
    for (byte[] event : scenario.batches().get(batch)) {
      EventOrigin origin = new EventOrigin("p:" + message + ":", 0, "" + message, message++);
      normalizer.message(event, 0, event.length, origin);
    }
    NormalizedBatch done = normalizer.finish();
    if (!done.schema().equals(schema)) {
      schema = done.schema().savedAfter(schema);
    }
    rawPaths = done.rawPaths();
    versions
        .addObject()
        .put("batch", batch)
        .put("version", schema.version())
        .put("version_hash", schema.versionHash());
  }

  private void add(String table, byte[] buffer, int offset, int length) {
    ArrayNode ofTable = rows.computeIfAbsent(table, each -> GoldenVector.JSON.createArrayNode());
    for (String line : new String(buffer, offset, length, StandardCharsets.UTF_8).split("\n")) {
      ofTable.add(GoldenVector.JSON.readTree(line));
    }
  }

  private void add(int batch, BadEvent bad) {
    ObjectNode added =
        badEvents
            .addObject()
            .put("batch", batch)
            .put("event", Math.toIntExact(bad.origin().messageNumber()))
            .put("reason", bad.reason().code());
    if (bad.partial()) {
      added.put("table", bad.table());
    }
  }

  private ObjectNode table(Table table) {
    ObjectNode node = GoldenVector.JSON.valueToTree(table.properties());
    ObjectNode columns = node.putObject("columns");
    for (Column column : table.columns().values()) {
      ObjectNode properties = columns.putObject(column.name());
      if (column.type() != null) {
        properties.put("data_type", column.type().word());
      }
      properties.put("nullable", column.nullable());
      properties.setAll((ObjectNode) GoldenVector.JSON.valueToTree(column.hints()));
    }
    ArrayNode asExpected = node.putArray("rows");
    rows.getOrDefault(table.name(), GoldenVector.JSON.createArrayNode())
        .forEach(row -> asExpected.add(row(row, table)));
    return node;
  }

  private static ObjectNode row(JsonNode row, Table table) {
    ObjectNode asExpected = GoldenVector.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> value : row.properties()) {
      DataType type = table.columns().get(value.getKey()).type();
      asExpected.set(value.getKey(), Values.asExpected(value.getValue(), type));
    }
    return asExpected;
  }
}
