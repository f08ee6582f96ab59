package dev.millrace.tests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of ours, with what it has printed. It is killed when it is closed. */
public final class Child implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final StringBuffer out = new StringBuffer();
  private final StringBuffer err = new StringBuffer();
  private final Thread outReader;
  private final Thread errReader;

  private Child(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.outReader = reader("out", process.getInputStream(), out);
    this.errReader = reader("err", process.getErrorStream(), err);
  }

  /**
   * Starts a program.
   *
   * @param environment on top of this process's own
   */
  public static Child start(List<String> command, Map<String, String> environment)
      throws IOException {
    return start(command, environment, ProcessBuilder.Redirect.PIPE);
  }

  /** Starts a program whose standard input is a file. */
  public static Child startReading(
      Path input, List<String> command, Map<String, String> environment) throws IOException {
    return start(command, environment, ProcessBuilder.Redirect.from(input.toFile()));
  }

  private static Child start(
      List<String> command, Map<String, String> environment, ProcessBuilder.Redirect input)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(input);
    builder.environment().putAll(environment);
    return new Child(command, builder.start());
  }

  /** What it has printed to standard output so far. */
  public String out() {
    return out.toString();
  }

  /** What it has printed to standard error so far. */
  public String err() {
    return err.toString();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    outReader.join();
    errReader.join();
  }

  /** {@code kill}, as Ctrl-C does in a terminal: the program may say something before it ends. */
  public void interrupt() {
    // The process itself would close what it still prints to.
    process.toHandle().destroy();
  }

  /** Waits for its end, and for all that it printed. */
  public Finished finish(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "still running after %d s: %s%n%s%n%s"
              .formatted(patience.toSeconds(), String.join(" ", command), out, err));
    }
    outReader.join();
    errReader.join();
    return new Finished(process.exitValue(), out(), err());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private static Thread reader(String name, InputStream stream, StringBuffer into) {
    Thread thread = new Thread(() -> copy(stream, into), "child-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void copy(InputStream stream, StringBuffer into) {
    try (BufferedReader reader =
        new BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        into.append(line).append('\n');
      }
    } catch (IOException e) {
      // A killed process's pipe may end anyhow.
      into.append("(unreadable: ").append(new UncheckedIOException(e).getMessage()).append(")\n");
    }
  }

  /** How a process ended. */
  public record Finished(int exitCode, String out, String err) {}
}
