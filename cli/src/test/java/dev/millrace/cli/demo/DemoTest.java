package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, as people run it: the function's settings are the process's. */
class DemoTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void the_demo_accounts_for_every_event_and_shows_what_happened() throws Exception {
    File output = folder.resolve("output").toFile();

    Process demo = start(output);

    assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    String shown = Files.readString(output.toPath());
    assertThat(demo.exitValue()).as(shown).isZero();
    assertThat(shown)
        .containsPattern("order_completed__properties__products +[0-9,]+\n")
        .containsPattern("batch 2 +column +order_completed.properties__gift +bool")
        .containsPattern("batch 3 +column +pages.properties__duration_ms__v_text +text")
        .containsPattern("malformed +1 +batch 4, message [0-9]+")
        .contains("What sells best?", "How do pipeline loads do", "Who looks at pages?")
        .contains(
            "Reconciliation: 10,000 published; 10,000 events read = 9,998 loaded + 1 duplicate + 1"
                + " bad")
        .contains(folder.resolve("pipeline").resolve("millrace.duckdb").toString());
  }

  private Process start(File output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstdout.encoding=" + StandardCharsets.UTF_8);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.millrace.cli.Millrace");
    command.addAll(List.of("demo", "--folder", folder.resolve("pipeline").toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }
}
