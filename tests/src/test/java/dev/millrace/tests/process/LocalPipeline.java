package dev.millrace.tests.process;

import dev.millrace.tests.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code millrace local} in a process of its own; it can be killed and started again. */
public final class LocalPipeline implements AutoCloseable {
  /** The project and topic that {@code millrace local} serves unless told otherwise. */
  public static final String PROJECT = "millrace-local";

  public static final String TOPIC = "events";

  private static final String WINDOW = "--window";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final List<String> arguments;
  private Child child;

  private LocalPipeline(Path folder, int port, List<String> arguments) {
    this.folder = folder;
    this.port = port;
    this.arguments = arguments;
  }

  /**
   * A pipeline that is not started yet, with windows of a second unless told otherwise.
   *
   * @param folder for all that it keeps
   * @param more arguments of {@code millrace local}
   */
  public static LocalPipeline in(Path folder, String... more) throws IOException {
    int port = FreePort.find();
    List<String> arguments =
        new ArrayList<>(List.of("local", "--folder", folder.toString(), "--port", "" + port));
    arguments.addAll(List.of(more));
    if (!arguments.contains(WINDOW)) {
      arguments.addAll(List.of(WINDOW, "1s"));
    }
    return new LocalPipeline(folder, port, arguments);
  }

  /** Starts it, without waiting until it can be published to. */
  public LocalPipeline launch() throws IOException {
    child = MillraceCommand.startHeedingInterrupts(arguments.toArray(String[]::new));
    return this;
  }

  /** Starts it and waits until it can be published to. */
  public LocalPipeline start() throws Exception {
    return launch().awaitReady();
  }

  /** Waits until it says that it runs. */
  public LocalPipeline awaitReady() throws Exception {
    Eventually.until(
        "millrace local runs",
        PATIENCE,
        () -> {
          if (!child.isAlive()) {
            throw new AssertionError("millrace local ended:\n" + child.out() + child.err());
          }
          return child.out().contains("Millrace is running");
        });
    return this;
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    child.kill();
  }

  /** Ends it as ctrl-C does, and waits for its end. */
  public Child.Finished interrupt() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", "" + child.pid()).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new AssertionError("kill -INT " + child.pid() + " did not work");
    }
    return child.finish(PATIENCE);
  }

  /** Where all that it keeps is. */
  public Path folder() {
    return folder;
  }

  public int port() {
    return port;
  }

  /** For {@code PUBSUB_EMULATOR_HOST}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Its tables. */
  public Dataset dataset() {
    return new Dataset(folder.resolve("millrace.duckdb"));
  }

  /** Its process. */
  public long pid() {
    return child.pid();
  }

  /** What it has printed since it was last started, both streams. */
  public String printed() {
    return child.out() + child.err();
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
  }
}
