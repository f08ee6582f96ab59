package dev.millrace.cli.console;

import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a person in one sentence why a command failed. The stack trace follows only where {@code
 * MILLRACE_DEBUG=1} asks for it. A command whose exit code 1 means something else names another for
 * its failures.
 */
public final class FailureReport implements IExecutionExceptionHandler {
  private final boolean debug;

  public FailureReport(boolean debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println("millrace: " + sentence(exception));
    if (debug) {
      exception.printStackTrace(err);
    }
    err.flush();
    return isUsage(exception)
        ? Failure.USAGE
        : command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** Whether the arguments or the settings have to be changed first. */
  private static boolean isUsage(Exception exception) {
    return exception instanceof Failure failure && failure.exitCode() == Failure.USAGE
        || exception instanceof LoadException load
            && load.error().blame() == LoadError.Blame.CONFIGURATION;
  }

  private String sentence(Exception exception) {
    if (exception instanceof Failure || exception instanceof LoadException) {
      return exception.getMessage();
    }
    if (exception instanceof NoSuchFileException missing) {
      return missing.getFile() + " is not there";
    }
    if (exception instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (exception instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is in the way";
    }
    if (exception instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    String message = exception.getMessage();
    String what =
        message == null || message.isBlank() ? exception.getClass().getSimpleName() : message;
    return debug ? what : what + " (MILLRACE_DEBUG=1 shows where)";
  }
}
