package dev.millrace.tests.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Programs that the tests need and that are not of the JDK. */
public final class Tool {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Tool() {}

  /**
   * Runs a tool to its end and returns what it printed.
   *
   * @param install what to say where it is not installed
   */
  public static String run(String install, String... command) throws InterruptedException {
    try (Child child = Child.start(List.of(command), Map.of())) {
      Child.Finished finished = child.finish(PATIENCE);
      if (finished.exitCode() != 0) {
        throw new AssertionError(
            String.join(" ", command) + " failed:\n" + finished.out() + finished.err());
      }
      return finished.out().strip();
    } catch (IOException e) {
      throw new AssertionError(
          "%s can't be run (%s). This test needs it: %s".formatted(command[0], e, install), e);
    }
  }

  /** A file of this module, wherever the tests are run from. */
  public static Path file(String path) {
    return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve(path);
  }
}
