package dev.millrace.cli.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Logs of our own and of libraries: warnings and errors, a line each, on standard error. Everything
 * from INFO on where {@code MILLRACE_DEBUG=1} asks for it.
 */
public final class QuietLogging {
  private QuietLogging() {}

  /** Must run before anything logs. */
  public static void configure(boolean debug) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    String settings =
        """
        handlers = java.util.logging.ConsoleHandler
        .level = %s
        java.util.logging.ConsoleHandler.level = ALL
        java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format = %s
        """
            .formatted(
                debug ? "INFO" : "WARNING", debug ? "%4$s %3$s: %5$s%6$s%n" : "%4$s: %5$s%n");
    try {
      LogManager.getLogManager()
          .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
