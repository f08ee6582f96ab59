package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Strings, each the first of its column: timestamps in UTC, or text, which is null here. */
record IsoGrid(String name, JsonNode document) implements GoldenVector {
  private static final EventOrigin ORIGIN = new EventOrigin("p:0:", 0, "0", 0);

  @Override
  public ObjectNode actual() throws IOException {
    ObjectNode actual = JSON.createObjectNode();
    ArrayNode cases = actual.putArray("cases");
    for (JsonNode each : document.get("cases")) {
      cases.addArray().add(each.get(0)).add(instant(each.get(0)));
    }
    return actual;
  }

  @Override
  public List<String> differences(ObjectNode actual) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < document.get("cases").size(); i++) {
      JsonNode each = document.get("cases").get(i);
      JsonNode have = actual.get("cases").get(i).get(1);
      JsonNode expected =
          Departures.ALL.isText(each.get(0).asString()) ? JSON.nullNode() : each.get(1);
      if (!expected.equals(have)) {
        found.add("%s: expected %s, is %s".formatted(each.get(0), expected, have));
      }
    }
    return found;
  }

  private static JsonNode instant(JsonNode string) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    Normalizer normalizer =
        new Normalizer(
            Schema.initial("telemetry"),
            Map.of(),
            NormalizerSettings.DEFAULT,
            "1700000000.0",
            (table, buffer, offset, length, count) ->
                rows.add(JSON.readTree(new String(buffer, offset, length, StandardCharsets.UTF_8))),
            event -> {
              throw new IOException("a bad event: " + event.detail());
            });
    byte[] bytes = JSON.writeValueAsBytes(JSON.createObjectNode().set("c", string));
    normalizer.message(bytes, 0, bytes.length, ORIGIN);
    NormalizedBatch done = normalizer.finish();
    return done.schema().table("events").columns().get("c").type() == DataType.TIMESTAMP
        ? rows.get(0).get("c")
        : JSON.nullNode();
  }
}
