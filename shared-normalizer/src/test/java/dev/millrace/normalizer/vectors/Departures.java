package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.Vectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Where our rules make something else of a vector than dlt does, and what. */
final class Departures {
  static final Departures ALL = new Departures(Vectors.read("departures"));

  private final JsonNode scenarios;
  private final Map<String, JsonNode> pairs = new HashMap<>();
  private final Set<String> isoTexts = new HashSet<>();

  private Departures(JsonNode document) {
    scenarios = document.get("scenarios");
    document
        .get("pairs")
        .forEach(
            pair ->
                pairs.put(
                    key(pair.get("from_column_type"), pair.get("value")), pair.get("result")));
    document.get("iso_grid").get("text").forEach(text -> isoTexts.add(text.asString()));
  }

  /** What we expect of a scenario, or null if it is what dlt gives. */
  JsonNode scenario(String name) {
    return scenarios.path(name).get("expected");
  }

  /** What we expect of a coercion, or null if it is what dlt gives. */
  JsonNode pair(JsonNode columnType, JsonNode value) {
    return pairs.get(key(columnType, value));
  }

  /** Whether a string that dlt detects as a timestamp, and fails over, is text to us. */
  boolean isText(String string) {
    return isoTexts.contains(string);
  }

  private static String key(JsonNode columnType, JsonNode value) {
    return columnType.asString() + " " + value;
  }
}
