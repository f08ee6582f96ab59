package dev.millrace.tests.segment;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.MillraceCommand;
import dev.millrace.tests.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Segment's own libraries, unmodified, each in a program that sends every call and a burst. */
enum SegmentSdk {
  JAVA("analytics-java") {
    @Override
    List<String> command() {
      return onThisClassPath(JavaProgram.class);
    }
  },
  NODE("@segment/analytics-node") {
    @Override
    List<String> command() throws Exception {
      return List.of("node", nodeFolder().resolve("server.mjs").toString());
    }
  },
  PYTHON("analytics-python") {
    @Override
    List<String> command() throws Exception {
      String python =
          Tool.run(
              "install Python 3.9 or newer with venv (Debian and Ubuntu: apt install python3-venv).",
              "python3",
              Tool.file("../scripts/lib/python_environment.py").toString(),
              Tool.file("src/test/segment/python/requirements.txt").toString());
      return List.of(python, Tool.file("src/test/segment/python/server.py").toString());
    }
  },
  GO("analytics-go") {
    @Override
    List<String> command() throws Exception {
      Path program = Files.createDirectories(Tool.file("target/segment")).resolve("go-program");
      Tool.run(
          "install Go 1.21 or newer (https://go.dev/dl).",
          "go",
          "-C",
          Tool.file("src/test/segment/go").toString(),
          "build",
          "-o",
          program.toString(),
          ".");
      return List.of(program.toString());
    }
  };

  static final int CALLS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String library;

  SegmentSdk(String library) {
    this.library = library;
  }

  /** What its events say in {@code context.library.name}. */
  String library() {
    return library;
  }

  /** Its program, installed; endpoint, write key and burst follow. */
  abstract List<String> command() throws Exception;

  /** Runs it to its end, and returns what it says of its events. */
  String send(String endpoint, String key, int burst) throws Exception {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(endpoint, key, Integer.toString(burst)));
    return run(command);
  }

  /** A program of ours, on this JDK. */
  static List<String> onThisClassPath(Class<?> program) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        MillraceCommand.classPath(),
        program.getName());
  }

  /** Runs a program to its end, and returns what it prints. */
  static String run(List<String> command) throws Exception {
    try (Child child = Child.start(command, Map.of())) {
      Child.Finished finished = child.finish(PATIENCE);
      if (finished.exitCode() != 0) {
        throw new AssertionError(command + " failed:\n" + finished.out() + finished.err());
      }
      return finished.out().strip();
    }
  }

  /** Where the packages of npm are installed, with our programs beside them. */
  static synchronized Path nodeFolder() throws IOException, InterruptedException {
    Path from = Tool.file("src/test/segment/node");
    Path folder = Files.createDirectories(Tool.file("target/segment/node"));
    boolean changed = false;
    for (String file :
        List.of("server.mjs", "page.html", "faults.html", "package.json", "package-lock.json")) {
      Path copy = folder.resolve(file);
      boolean same = Files.exists(copy) && Files.mismatch(from.resolve(file), copy) < 0;
      Files.copy(from.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
      changed |= !same && file.startsWith("package");
    }
    if (changed || !Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      Tool.run(
          "install Node 18 or newer with npm (https://nodejs.org).",
          "npm",
          "ci",
          "--prefix",
          folder.toString(),
          "--no-audit",
          "--no-fund");
    }
    return folder;
  }
}
