package dev.millrace.loader.schema;

import dev.millrace.normalizer.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema object's JSON: {@code schema} is dlt's document as it is, and beside it stands what
 * has no place in that.
 *
 * @param dataset whose schema it is; null in an object of an older version
 */
record SchemaObject(
    String dataset, JsonNode schema, Map<String, String> rawPaths, List<Addition> additions) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  static byte[] write(StoredSchema stored, String dataset) {
    return JSON.writeValueAsBytes(
        new SchemaObject(
            dataset,
            JSON.readTree(stored.schema().document()),
            stored.rawPaths(),
            stored.additions()));
  }

  /** Whose schema an object is, if it says so. */
  static Optional<String> dataset(byte[] content) {
    try {
      return Optional.ofNullable(JSON.readTree(content).path("dataset").asString(null));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether content may be a schema object, and is not dlt's document alone. */
  static boolean isOne(byte[] content) {
    try {
      return JSON.readTree(content).path("schema").isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  /**
   * @throws IllegalArgumentException if it is no schema object; the message says what is wrong
   */
  static StoredSchema read(byte[] content, long generation) {
    try {
      SchemaObject read = JSON.readValue(content, SchemaObject.class);
      if (read.schema == null || read.rawPaths == null || read.additions == null) {
        throw new IllegalArgumentException("it lacks schema, raw_paths or additions");
      }
      Schema schema = Schema.parse(JSON.writeValueAsBytes(read.schema));
      return new StoredSchema(schema, read.rawPaths, read.additions, generation);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not the JSON of a schema object", e);
    }
  }
}
