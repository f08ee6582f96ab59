package dev.millrace.tests.docs;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.FreePort;
import dev.millrace.tests.process.MillraceCommand;
import dev.millrace.tests.process.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in which the shell finds what a fresh clone has: {@code scripts/millrace}, on this
 * process's class path, and DuckDB's own program. {@code millrace local} runs beside the commands
 * that follow, with windows of a second, until this is closed.
 */
final class Workbench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String PORT = "8085";
  private static final String COLLECTOR_PORT = "8086";
  private static final String RUNNING = "local.pid";

  /** What remarks may use: they wait for so many events of the pipeline, and end it. */
  private static final String FUNCTIONS =
      """
      await_events() {
        until [ "$(duckdb -readonly -csv -noheader millrace-local/millrace.duckdb \\
          'select sum(events_read) from telemetry._millrace_batches' 2>/dev/null)" = "$1" ]; do
          sleep 0.2
        done
      }
      stop_local() {
        kill "$(cat local.pid)"
        while kill -0 "$(cat local.pid)" 2>/dev/null; do sleep 0.1; done
        rm local.pid
      }
      """;

  private static Path pythonFolder;

  private final Path folder;
  private final Map<String, String> ports;

  private Workbench(Path folder, Map<String, String> ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /**
   * Sets one up.
   *
   * @param folder that is empty
   */
  static Workbench in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("classes"));
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Path millrace = Files.writeString(scripts.resolve("millrace"), script());
    if (!millrace.toFile().setExecutable(true)) {
      throw new IOException(millrace + " can't be made executable");
    }
    return new Workbench(
        folder, Map.of(PORT, "" + FreePort.find(), COLLECTOR_PORT, "" + FreePort.find()));
  }

  Path folder() {
    return folder;
  }

  /** A block's text with ports that are free in the place of those that the pages name. */
  String onFreePorts(String text) {
    String changed = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      changed = changed.replace(port.getKey(), port.getValue());
    }
    return changed;
  }

  /** Runs shell commands until one fails, and waits for their end. */
  Child.Finished shell(String commands) throws IOException, InterruptedException {
    String whole = "cd '%s'\n%s\n%s".formatted(folder, FUNCTIONS, onFreePorts(commands));
    try (Child child =
        Child.start(List.of("bash", "-euo", "pipefail", "-c", whole), environment())) {
      return child.finish(PATIENCE);
    }
  }

  /** Runs a program in Python that has Google's client. */
  Child.Finished python(String program) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("program.py"), onFreePorts(program));
    return shell("python program.py");
  }

  /** Whether {@code millrace local} was started. */
  boolean runsPipeline() {
    return Files.exists(folder.resolve(RUNNING));
  }

  /** The DuckDB file that was written last. */
  Optional<Path> database() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".duckdb"))
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()));
    }
  }

  /** Where the programs of a Python environment are, which is looked for once. */
  private static synchronized Path pythonFolder() throws InterruptedException {
    if (pythonFolder == null) {
      String python =
          Tool.run(
              "install Python 3.9 or newer with venv (Debian and Ubuntu: apt install python3-venv).",
              "python3",
              Tool.file("../scripts/lib/python_environment.py").toString(),
              Tool.file("src/test/python/requirements.txt").toString());
      pythonFolder = Path.of(python).getParent();
    }
    return pythonFolder;
  }

  private Map<String, String> environment() throws InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "PATH",
        String.join(
            File.pathSeparator,
            pythonFolder().toString(),
            Path.of(System.getProperty("java.home"), "bin").toString(),
            System.getenv("PATH")));
    environment.put(
        "CLASSPATH", folder.resolve("classes") + File.pathSeparator + MillraceCommand.classPath());
    environment.put("LOCAL_PORT", ports.get(PORT));
    environment.put("PUBSUB_EMULATOR_HOST", "");
    return environment;
  }

  private static String script() {
    List<String> java =
        new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) {
      java.add("--enable-native-access=ALL-UNNAMED");
      java.add("--sun-misc-unsafe-memory-access=allow");
    }
    java.add("dev.millrace.cli.Millrace");
    return """
        #!/usr/bin/env bash
        set -euo pipefail
        if [ "${1:-}" != local ]; then
          exec %1$s "$@"
        fi
        %1$s "$@" --port "$LOCAL_PORT" --window 1s >local.out 2>&1 &
        echo $! >%2$s
        until grep -q "Millrace is running" local.out; do
          kill -0 $! 2>/dev/null || { cat local.out; exit 1; }
          sleep 0.1
        done
        cat local.out
        """
        .formatted(String.join(" ", java), RUNNING);
  }

  @Override
  public void close() {
    if (runsPipeline()) {
      try {
        Child.Finished ended = shell("stop_local");
        if (ended.exitCode() != 0) {
          throw new AssertionError("millrace local did not end: " + ended);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
