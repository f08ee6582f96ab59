package dev.millrace.normalizer.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ConformanceTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) throws IOException {
    return Conformance.run(
        List.of(arguments), new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private ObjectNode vector(String name) throws IOException {
    return (ObjectNode) GoldenVector.JSON.readTree(Files.readAllBytes(VECTORS.resolve(name)));
  }

  private void write(String name, JsonNode vector) throws IOException {
    Files.write(folder.resolve(name), GoldenVector.JSON.writeValueAsBytes(vector));
  }

  @Test
  void run_whenAllPass_countsThemAndExitsWithZero() throws IOException {
    write("nesting-wide-list.json", vector("nesting-wide-list.json"));
    write("types-basics.json", vector("types-basics.json"));

    assertThat(run(folder.toString())).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("2 passed, 0 failed\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/expected/tables/order/rows/0, id, 2",
    "/expected/tables/order/columns/id, data_type, double",
    "/expected/tables/order/columns/id, nullable, false",
    "/expected/tables/order, write_disposition, merge",
    "/expected/stored_schema/tables/order, resource, others",
    "/expected/stored_schema/settings, schema_contract, evolve",
    "/expected/stored_schema, version_hash, none",
  })
  void run_whenAnythingThatIsComparedDiffers_failsAndSaysWhat(
      String where, String name, String value) throws IOException {
    ObjectNode vector = vector("nesting-root-key.json");
    ObjectNode changed = vector("contract-columns-discard-value.json");
    write("same.json", vector);
    ((ObjectNode) changed.at(where)).put(name, value);
    write("changed.json", changed);

    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("FAIL changed.json: ")
        .endsWith("1 passed, 1 failed\n");
  }

  /** As dlt 1.31 has it: the limit is noted on root tables, and nowhere else. */
  @Test
  void run_whenAResourceLimitsNesting_isAsIfTheSourceDid() throws IOException {
    ObjectNode vector = vector("nesting-max-1.json");
    ObjectNode settings = (ObjectNode) vector.get("settings");
    settings.set("resource_max_nesting", settings.remove("max_nesting"));
    ((ObjectNode) vector.get("expected")).remove("stored_schema");
    for (JsonNode table : vector.at("/expected/tables")) {
      if (!table.has("parent")) {
        ((ObjectNode) table.get("x-normalizer")).put("max_nesting", 1);
      }
    }
    write("resource.json", vector);

    assertThat(run(folder.toString())).isZero();
  }

  @Test
  void run_whenDltRefusesABatchAndNoDepartureIsListed_fails() throws IOException {
    ObjectNode vector = vector("types-not-null-hint-violated.json");
    write("unlisted.json", vector.put("name", "unlisted"));

    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("0 passed, 1 failed");
  }

  @Test
  void run_whenAFileIsNoVector_failsAndGoesOn() throws IOException {
    write("a.json", GoldenVector.JSON.createObjectNode());
    write("types-basics.json", vector("types-basics.json"));

    assertThat(run(folder.toString())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("is no vector")
        .endsWith("1 passed, 1 failed\n");
  }

  @Test
  void run_whenAskedForTheActual_writesItInTheShapeOfTheExpected() throws IOException {
    ObjectNode vector = vector("types-basics.json");
    write("types-basics.json", vector);
    Path actual = folder.resolve("actual");

    assertThat(run(folder.toString(), "--actual", actual.toString())).isZero();
    JsonNode made =
        GoldenVector.JSON.readTree(Files.readAllBytes(actual.resolve("types-basics.json")));
    assertThat(Differences.of(vector.get("expected"), made)).isEmpty();
    assertThat(made.get("schema_versions")).hasSize(1);
  }

  @Test
  void run_whenCalledWrongly_explainsItselfAndExitsWithTwo() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.toString(), "--other", "x")).isEqualTo(2);
    assertThat(run(folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("usage: conformance DIR");
  }
}
