package dev.millrace.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a preview from outside of its process. */
class PreviewProcessTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void without_a_database_duckdb_is_not_loaded() throws Exception {
    Path events = Files.writeString(folder.resolve("e.jsonl"), "{\"event\": \"a\"}\n");
    Path classes = folder.resolve("classes.txt");

    run("-Xlog:class+load:file=" + classes, events);

    assertThat(Files.readString(classes))
        .contains("dev.millrace.cli.preview.PreviewCommand")
        .doesNotContain("org.duckdb");
  }

  @Test
  void a_file_larger_than_the_heap_is_read() throws Exception {
    Path events = folder.resolve("large.jsonl");
    String line = "{\"event\": \"a\", \"text\": \"%s\"}\n".formatted("x".repeat(2_000));
    try (var out = Files.newBufferedWriter(events)) {
      for (long bytes = 0; bytes < 96 * MIB; bytes += line.length()) {
        out.write(line);
      }
    }

    run("-Xmx48m", events);

    assertThat(Files.size(events)).isGreaterThan(2 * 48 * MIB - MIB);
  }

  private void run(String flag, Path events) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.millrace.cli.Millrace",
                "preview",
                events.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
