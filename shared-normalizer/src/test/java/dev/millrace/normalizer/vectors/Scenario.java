package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events in successive loads.
 *
 * @param batches the events of each load, as JSON
 */
record Scenario(String name, JsonNode document, List<List<byte[]>> batches)
    implements GoldenVector {
  @Override
  public ObjectNode actual() throws IOException {
    return new ScenarioRun(this).run();
  }

  @Override
  public List<String> differences(ObjectNode actual) {
    JsonNode expected = document.get("expected");
    JsonNode departure = Departures.ALL.scenario(name);
    List<String> found = new ArrayList<>(hashDifferences(expected));
    found.addAll(Differences.of(departure == null ? expected : departure, actual));
    return found;
  }

  /** dlt's hash of dlt's document, by our code. */
  private static List<String> hashDifferences(JsonNode expected) {
    JsonNode stored = expected.path("stored_schema");
    if (!stored.isObject()) {
      return List.of();
    }
    String want = stored.get("version_hash").asString();
    String have = Schema.parse(JSON.writeValueAsBytes(stored)).versionHash();
    return want.equals(have)
        ? List.of()
        : List.of("version hash of the stored schema: expected %s, is %s".formatted(want, have));
  }
}
