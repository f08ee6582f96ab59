package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.EventOrigin;
import dev.millrace.normalizer.NormalizedBatch;
import dev.millrace.normalizer.Normalizer;
import dev.millrace.normalizer.NormalizerSettings;
import dev.millrace.normalizer.schema.DltTablesWithoutState;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs a vector's batches as successive loads. */
final class VectorRun {
  private final Vector vector;
  private final Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
  private final List<String> badReasons = new ArrayList<>();
  private Schema schema;

  VectorRun(Vector vector) {
    this.vector = vector;
    this.schema = DltTablesWithoutState.initial(vector.settings().get("schema_name").asString());
  }

  /** Rows by table, in the order in which they were made. */
  Map<String, List<JsonNode>> rows() {
    return rows;
  }

  List<String> badReasons() {
    return badReasons;
  }

  Schema schema() {
    return schema;
  }

  VectorRun run() throws IOException {
    NormalizerSettings settings = vector.normalizerSettings();
    Map<String, String> rawPaths = Map.of();
    for (int batch = 0; batch < vector.batches().size(); batch++) {
      String loadId = vector.settings().get("load_ids").get(batch).asString();
      Normalizer normalizer =
          new Normalizer(
              schema,
              rawPaths,
              settings,
              loadId,
              (table, buffer, offset, length, count) -> add(table, buffer, offset, length),
              bad -> badReasons.add(bad.reason().code()));
      long message = 0;
      for (byte[] event : vector.batches().get(batch)) {
        EventOrigin origin = new EventOrigin("p:" + message + ":", 0, "" + message, message++);
        normalizer.message(event, 0, event.length, origin);
      }
      NormalizedBatch done = normalizer.finish();
      if (!done.schema().equals(schema)) {
        schema = done.schema().savedAfter(schema);
      }
      rawPaths = done.rawPaths();
    }
    return this;
  }

  private void add(String table, byte[] buffer, int offset, int length) {
    String lines = new String(buffer, offset, length, StandardCharsets.UTF_8);
    for (String line : lines.split("\n")) {
      rows.computeIfAbsent(table, each -> new ArrayList<>()).add(Vector.JSON.readTree(line));
    }
  }
}
