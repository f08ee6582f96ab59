package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.NormalizerSettings.ColumnHint;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.DltTablesWithoutState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pairs of a column's type and a value: where the value goes, and as what. */
record CoercionPairs(String name, JsonNode document) implements GoldenVector {
  private static final String NO_COLUMN = "(none)";
  private static final EventOrigin ORIGIN = new EventOrigin("p:0:", 0, "0", 0);

  @Override
  public ObjectNode actual() throws IOException {
    ObjectNode actual = JSON.createObjectNode();
    ArrayNode pairs = actual.putArray("pairs");
    for (JsonNode pair : document.get("pairs")) {
      ObjectNode made = ((ObjectNode) pair).deepCopy();
      made.set("result", result(pair.get("from_column_type").asString(), pair.get("value")));
      pairs.add(made);
    }
    return actual;
  }

  @Override
  public List<String> differences(ObjectNode actual) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < document.get("pairs").size(); i++) {
      JsonNode pair = document.get("pairs").get(i);
      JsonNode column = pair.get("from_column_type");
      JsonNode departure = Departures.ALL.pair(column, pair.get("value"));
      JsonNode expected = departure == null ? pair.get("result") : departure;
      JsonNode have = actual.get("pairs").get(i).get("result");
      if (!Objects.equals(comparable(expected, column), comparable(have, column))) {
        found.add(
            "%s into %s: expected %s, is %s"
                .formatted(pair.get("value"), column.asString(), expected, have));
      }
    }
    return found;
  }

  private static Map<String, Object> comparable(JsonNode result, JsonNode columnType) {
    String type = result.path("data_type").asString(columnType.asString());
    JsonNode stored = result.path("stored");
    boolean isStored = !stored.isNull() && !stored.isMissingNode();
    return Map.of(
        "kind",
        result.path("kind"),
        "column",
        result.path("column"),
        "type",
        type,
        "stored",
        isStored ? Values.ofColumn(stored, type) : "nothing");
  }

  private static ObjectNode result(String columnType, JsonNode value) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    Normalizer normalizer =
        new Normalizer(
            DltTablesWithoutState.initial("telemetry"),
            Map.of(),
            settings(columnType),
            "1700000000.0",
            (table, buffer, offset, length, count) ->
                rows.add(JSON.readTree(new String(buffer, offset, length, StandardCharsets.UTF_8))),
            event -> bad.add(event.reason().code()));
    ObjectNode event = JSON.createObjectNode().put("event", "probe").put("_dlt_id", "r1");
    byte[] bytes = JSON.writeValueAsBytes(event.set("c", value));
    normalizer.message(bytes, 0, bytes.length, ORIGIN);
    NormalizedBatch done = normalizer.finish();
    ObjectNode result = JSON.createObjectNode();
    if (!bad.isEmpty()) {
      return result.put("kind", "bad").put("reason", bad.get(0));
    }
    for (Map.Entry<String, JsonNode> member : rows.get(0).properties()) {
      String column = member.getKey();
      if (column.equals("c") || column.startsWith("c__")) {
        String existing = columnType.equals(NO_COLUMN) ? "new" : "same";
        DataType type = done.schema().table("probe").columns().get(column).type();
        return result
            .put("kind", column.equals("c") ? existing : "variant")
            .put("column", column)
            .put("data_type", type.word())
            .set("stored", Values.asExpected(member.getValue(), type));
      }
    }
    return result.put("kind", "null").putNull("column").putNull("stored");
  }

  private static NormalizerSettings settings(String columnType) {
    Map<String, Map<String, ColumnHint>> hints =
        columnType.equals(NO_COLUMN)
            ? Map.of()
            : Map.of("*", Map.of("c", new ColumnHint(DataType.of(columnType), null, Map.of())));
    return NormalizerSettings.DEFAULT
        .withMaxNesting(OptionalInt.of(0))
        .withColumnHints(hints)
        .withTrustSystemKeys(true);
  }
}
