package dev.millrace.tests.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code millrace} command in a process of its own: on this process's JDK and class path, or,
 * where the system property {@code millrace.command} names it, by its script.
 */
public final class MillraceCommand {
  // Else the kill -INT of a test would do nothing where the tests run in the background of a shell
  // that has no job control: what is started there ignores it, and so do its children.
  private static final List<String> HEEDING_INTERRUPTS =
      List.of(
          "python3",
          "-c",
          """
          import os, signal, sys
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          os.execv(sys.argv[1], sys.argv[1:])
          """);

  private MillraceCommand() {}

  /** Starts it; {@code PUBSUB_EMULATOR_HOST} of this process doesn't reach it. */
  public static Child start(String... arguments) throws IOException {
    return Child.start(of(arguments), Map.of("PUBSUB_EMULATOR_HOST", ""));
  }

  /** The same with more in its environment. */
  public static Child start(Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> whole = new HashMap<>(environment);
    whole.putIfAbsent("PUBSUB_EMULATOR_HOST", "");
    return Child.start(of(arguments), whole);
  }

  /** The same as a terminal starts it: ctrl-C ends it. */
  public static Child startHeedingInterrupts(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(HEEDING_INTERRUPTS);
    command.addAll(of(arguments));
    return Child.start(command, Map.of("PUBSUB_EMULATOR_HOST", ""));
  }

  /**
   * This process's class path, DuckDB's driver beside its library and the invoker's jar last, as in
   * the command's own: it holds old copies of others' classes.
   */
  public static String classPath() {
    List<String> ours = new ArrayList<>();
    List<String> last = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains("java-function-invoker")) {
        last.add(entry);
      } else {
        ours.add(entry.contains("duckdb_jdbc") ? besideItsLibrary(entry) : entry);
      }
    }
    ours.addAll(last);
    return String.join(File.pathSeparator, ours);
  }

  private static String besideItsLibrary(String driver) {
    try {
      return DuckDbJar.beside(Path.of(driver)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> of(String... arguments) {
    List<String> command = new ArrayList<>();
    String script = System.getProperty("millrace.command");
    if (script == null) {
      command.addAll(onThisClassPath());
    } else {
      command.add(script);
    }
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> onThisClassPath() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(classPath());
    command.add("dev.millrace.cli.Millrace");
    return command;
  }
}
