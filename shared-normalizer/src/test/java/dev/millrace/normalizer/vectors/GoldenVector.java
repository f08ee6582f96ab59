package dev.millrace.normalizer.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What dlt 1.31 made of something, and what ought to be made of it by us. */
sealed interface GoldenVector permits Scenario, CoercionPairs, IsoGrid {
  JsonMapper JSON = JsonMapper.builder().build();

  /** The name by which {@link Departures} knows it. */
  String name();

  /** What we make of it, in the shape of what is expected. */
  ObjectNode actual() throws IOException;

  /** What is not as dlt has it, or as a departure says; empty if the vector passes. */
  List<String> differences(ObjectNode actual);

  /**
   * Reads a file of any of the kinds that there are.
   *
   * @throws IllegalArgumentException if it is none of them; the message says why
   */
  static GoldenVector read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    JsonNode document;
    try {
      document = JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    String name = document.path("name").asString("");
    if (document.has("batches")) {
      return new Scenario(name, document, ScenarioEvents.read(bytes, document));
    }
    if (document.has("pairs")) {
      return new CoercionPairs(name, document);
    }
    if (document.has("cases")) {
      return new IsoGrid(name, document);
    }
    throw new IllegalArgumentException(
        file + " is no vector: it has neither batches nor pairs nor cases");
  }
}
