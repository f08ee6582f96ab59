package dev.millrace.normalizer.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.Vectors;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PythonTextTest {
  static List<JsonNode> doubles() {
    return Vectors.list(Vectors.read("doubles").get("cases"));
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void of_isPythonsRepr(JsonNode vector) {
    assertThat(PythonText.of(value(vector))).isEqualTo(vector.get(1).stringValue());
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void json_isOrjsonsText(JsonNode vector) {
    assertThat(PythonText.json(value(vector))).isEqualTo(vector.get(2).stringValue());
  }

  @Test
  void of_readsBackAsTheSameDouble() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(PythonText.of(value))).as("seed %d", seed).isEqualTo(value);
      }
    }
  }

  @Test
  void isDecimalDigit_doesNotDependOnTheJavaVersion() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(PythonText::isDecimalDigit))
        .hasSize(660);
  }

  @Test
  void strip_takesAwayUnicodeWhiteSpace() {
    assertThat(PythonText.strip("\u001c\u0085\u00a0\u2003 a b\u3000\n")).isEqualTo("a b");
    assertThat(PythonText.strip("\u200ba\ufeff")).isEqualTo("\u200ba\ufeff");
  }

  @Test
  void of_spellsBooleansAsPythonDoes() {
    assertThat(PythonText.of(true)).isEqualTo("True");
    assertThat(PythonText.of(false)).isEqualTo("False");
  }

  private static double value(JsonNode vector) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(vector.get(0).stringValue(), 16));
  }
}
