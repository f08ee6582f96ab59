package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every shell script of the tree, as ShellCheck sees it. */
@Tag("once")
class ScriptsTest {
  private static final String BASH = "#!/usr/bin/env bash";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Test
  void shellCheckFindsNothingInAnyOfThem() throws Exception {
    List<String> scripts = shellScripts();
    assertThat(scripts).contains("scripts/test", "scripts/lib/gcp.sh");
    List<String> command = new ArrayList<>();
    command.add(shellCheck().toString());
    command.add("--external-sources");
    command.addAll(scripts);

    Child.Finished finished = run(inRoot(command));

    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
  }

  /** From the package index, pinned, into the user's cache. */
  private static Path shellCheck() throws Exception {
    Child.Finished made =
        run(
            List.of(
                "python3",
                Checkout.root().resolve("scripts/lib/python_environment.py").toString(),
                Checkout.root()
                    .resolve("tests/infrastructure/src/test/python/requirements.txt")
                    .toString()));
    assertThat(made.exitCode()).as(made.err()).isZero();
    return Path.of(made.out().strip()).resolveSibling("shellcheck");
  }

  private static List<String> shellScripts() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("scripts", ".ci")) {
      try (Stream<Path> files = Files.walk(Checkout.root().resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (isShell(file)) {
            found.add(Checkout.root().relativize(file).toString());
          }
        }
      }
    }
    return found;
  }

  private static boolean isShell(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return file.toString().endsWith(".sh") || text.lines().limit(1).anyMatch(BASH::equals);
  }

  /** It finds the scripts that another one sources from there. */
  private static List<String> inRoot(List<String> command) {
    List<String> there = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
    there.add(Checkout.root().toString());
    there.addAll(command);
    return there;
  }

  private static Child.Finished run(List<String> command) throws Exception {
    try (Child child = Child.start(command, Map.of())) {
      return child.finish(PATIENCE);
    }
  }
}
