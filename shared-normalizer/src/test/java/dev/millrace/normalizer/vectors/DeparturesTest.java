package dev.millrace.normalizer.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DeparturesTest {
  private static final JsonNode SCENARIOS = Vectors.read("departures").get("scenarios");

  static List<String> names() {
    return List.copyOf(SCENARIOS.propertyNames());
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_listed_vector_is_one_whose_result_dlt_has_otherwise(String name) {
    JsonNode dlt = Vectors.read("vectors/" + name).get("expected");
    ObjectNode ours = ((ObjectNode) SCENARIOS.get(name).get("expected")).deepCopy();

    assertThat(Differences.of(dlt, ours)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_listed_vector_names_rules_that_may_excuse_one(String name) {
    List<String> rules = new ArrayList<>();
    SCENARIOS.get(name).get("rules").forEach(rule -> rules.add(rule.asString()));

    assertThat(rules)
        .isNotEmpty()
        .isSubsetOf("M1", "M2", "M4", "M5", "M6", "M7", "M8", "M11", "M16");
    assertThat(Path.of("src/test/resources/vectors", name + ".json")).exists();
  }
}
