package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.names.SnakeCase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A scenario's events as they stand in its file: no number is written anew. */
final class ScenarioEvents {
  private record Event(byte[] bytes, JsonNode tree, String table) {}

  private final List<List<byte[]>> batches = new ArrayList<>();
  private int generatedIds;

  private ScenarioEvents() {}

  /** The events of each batch; those without an id have got the one of dlt's run. */
  static List<List<byte[]>> read(byte[] file, JsonNode document) {
    ScenarioEvents events = new ScenarioEvents();
    String nameField = document.at("/settings/table_name_field").asString();
    SnakeCase names =
        new SnakeCase(document.at("/settings/effective_max_identifier_length").asInt());
    List<List<byte[]>> slices = slices(file);
    for (int batch = 0; batch < slices.size(); batch++) {
      List<Event> ofBatch = new ArrayList<>();
      for (byte[] bytes : slices.get(batch)) {
        JsonNode tree = document.get("batches").get(batch).get(ofBatch.size());
        ofBatch.add(new Event(bytes, tree, names.path(tree.path(nameField).asString(""))));
      }
      events.batches.add(events.identified(ofBatch));
    }
    return events.batches;
  }

  private static List<List<byte[]>> slices(byte[] file) {
    List<List<byte[]>> batches = new ArrayList<>();
    try (JsonParser parser = GoldenVector.JSON.createParser(file)) {
      parser.nextToken();
      while (!"batches".equals(parser.nextName())) {
        parser.nextToken();
        parser.skipChildren();
      }
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        List<byte[]> batch = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          int end = (int) parser.currentLocation().getByteOffset();
          batch.add(Arrays.copyOfRange(file, start, end));
        }
        batches.add(batch);
      }
    }
    return batches;
  }

  /** dlt counts its ids by table, in the order of the tables' file names, and then by event. */
  private List<byte[]> identified(List<Event> events) {
    List<byte[]> identified = new ArrayList<>(events.stream().map(Event::bytes).toList());
    events.stream()
        .filter(event -> !isTruthy(event.tree().path("_dlt_id")))
        .sorted(Comparator.comparing(event -> event.table() + "."))
        .forEach(
            event ->
                identified.set(
                    events.indexOf(event), withId(event, "gen-%06d".formatted(++generatedIds))));
    return identified;
  }

  /** Whether dlt keeps the id: it takes any value that Python holds for true. */
  private static boolean isTruthy(JsonNode id) {
    return id.isString() && !id.asString().isEmpty()
        || id.isNumber() && id.doubleValue() != 0
        || id.isBoolean() && id.booleanValue();
  }

  private static byte[] withId(Event event, String id) {
    String text = new String(event.bytes(), StandardCharsets.UTF_8);
    String comma = event.tree().isEmpty() ? "" : ",";
    String member = comma + "\"_dlt_id\":\"" + id + "\"}";
    return (text.substring(0, text.length() - 1) + member).getBytes(StandardCharsets.UTF_8);
  }
}
