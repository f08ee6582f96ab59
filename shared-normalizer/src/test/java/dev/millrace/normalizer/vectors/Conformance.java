package dev.millrace.normalizer.vectors;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the golden vectors of a folder through the normaliser: {@code DIR [--actual OUT]}. Exit code
 * 0 if all pass, 1 if one fails, 2 if there is nothing to run.
 */
final class Conformance {
  private static final String USAGE =
      """
      usage: conformance DIR [--actual OUT]
        DIR            a folder of vector files (*.json)
        --actual OUT   writes what was made of each vector to OUT/<file>, in the shape of its expected""";

  private final Path actual;
  private final PrintStream out;
  private int passed;
  private int failed;

  private Conformance(Path actual, PrintStream out) {
    this.actual = actual;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  static int run(List<String> arguments, PrintStream out) throws IOException {
    boolean writes = arguments.size() == 3 && arguments.get(1).equals("--actual");
    if (arguments.size() != 1 && !writes) {
      out.println(USAGE);
      return 2;
    }
    Path folder = Path.of(arguments.get(0));
    if (!Files.isDirectory(folder)) {
      out.println("conformance: " + folder + " is no folder");
      return 2;
    }
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      out.println("conformance: no *.json in " + folder);
      return 2;
    }
    Path actual = writes ? Files.createDirectories(Path.of(arguments.get(2))) : null;
    Conformance conformance = new Conformance(actual, out);
    for (Path file : files) {
      conformance.run(file);
    }
    out.printf("%d passed, %d failed%n", conformance.passed, conformance.failed);
    return conformance.failed == 0 ? 0 : 1;
  }

  /** The vector files of a folder, in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private void run(Path file) throws IOException {
    List<String> differences;
    try {
      GoldenVector vector = GoldenVector.read(file);
      ObjectNode made = vector.actual();
      if (actual != null) {
        Files.write(
            actual.resolve(file.getFileName()),
            GoldenVector.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(made));
      }
      differences = vector.differences(made);
    } catch (RuntimeException e) {
      differences = List.of(e.toString());
    }
    if (differences.isEmpty()) {
      passed++;
      return;
    }
    failed++;
    String more = differences.size() == 1 ? "" : " (and %d more)".formatted(differences.size() - 1);
    out.println("FAIL " + file.getFileName() + ": " + differences.get(0) + more);
  }
}
