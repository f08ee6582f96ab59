package dev.millrace.normalizer.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorsTest {
  static List<Path> vectors() throws IOException {
    return Conformance.files(Path.of("src/test/resources/vectors"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void what_is_made_of_a_vector_is_what_dlt_makes_or_what_a_departure_says(Path file)
      throws IOException {
    GoldenVector vector = GoldenVector.read(file);

    assertThat(vector.differences(vector.actual())).isEmpty();
  }
}
