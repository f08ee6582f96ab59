package dev.millrace.tests.cloud;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An instance of the function: the functions framework's server as the container starts it. */
final class FunctionProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int MILLIS = 2_000;

  private final Child child;
  private final int port;

  private FunctionProcess(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /**
   * Starts an instance, without waiting until it listens.
   *
   * @param environment names its settings and the emulators
   * @param flags of its JVM, beside those that all have
   */
  static FunctionProcess launch(
      FunctionImage image, Map<String, String> environment, String... flags) throws IOException {
    int port = FreePort.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(image.flags());
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-cp",
            image.classPath(),
            "com.google.cloud.functions.invoker.runner.Invoker",
            "--target",
            "dev.millrace.function.HttpEntry",
            "--port",
            "" + port));
    return new FunctionProcess(Child.start(command, environment), port);
  }

  /** Waits until it answers. */
  FunctionProcess awaitReady() throws Exception {
    Eventually.until(
        "the function listens",
        PATIENCE,
        () -> {
          if (!child.isAlive()) {
            throw new AssertionError("the function ended:\n" + log());
          }
          return answers();
        });
    return this;
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** Ends it as Cloud Run does. */
  void terminate() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-TERM", "" + child.pid()).start().waitFor();
    child.finish(PATIENCE);
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    child.kill();
  }

  /** What it has printed, both streams. */
  String log() {
    return child.out() + child.err();
  }

  /** The most memory that the process has had at once, in KiB, as the system counts it. */
  long peakRssKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + child.pid(), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmHWM of process " + child.pid());
  }

  @Override
  public void close() {
    child.close();
  }

  /** Whether it refuses a GET, as it should. */
  private boolean answers() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_BAD_METHOD;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }
}
