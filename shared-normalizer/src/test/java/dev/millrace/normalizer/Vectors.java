package dev.millrace.normalizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden vectors: what dlt 1.31 makes of given values, as resources of the tests. */
public final class Vectors {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Vectors() {}

  /** The document {@code <name>.json}, a path among the resources. */
  public static JsonNode read(String name) {
    String path = "/" + name + ".json";
    try (InputStream in = Vectors.class.getResourceAsStream(path)) {
      return JSON.readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The elements of an array of a vector document. */
  public static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
