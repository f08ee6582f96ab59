package dev.millrace.normalizer.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorsTest {
  static List<Path> vectors() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/vectors"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(nesting|telemetry)-.*[.]json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void a_batch_gives_the_tables_columns_rows_and_schema_that_dlt_gives(Path file)
      throws IOException {
    Vector vector = Vector.read(file);
    assertThat(Differences.of(vector, new VectorRun(vector).run())).isEmpty();
  }
}
