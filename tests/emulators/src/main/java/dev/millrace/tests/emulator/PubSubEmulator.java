package dev.millrace.tests.emulator;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Google's Pub/Sub emulator: the one that {@code PUBSUB_EMULATOR_HOST} names, else the installed
 * gcloud component, else a container.
 */
public final class PubSubEmulator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONTAINER_PORT = 8085;
  private static final DockerImageName IMAGE =
      DockerImageName.parse("gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators");

  private final String address;
  private final Runnable stop;

  private PubSubEmulator(String address, Runnable stop) {
    this.address = address;
    this.stop = stop;
  }

  /** Starts it, or finds the one that runs. */
  public static PubSubEmulator start() throws Exception {
    String running = System.getenv("PUBSUB_EMULATOR_HOST");
    if (running != null && !running.isBlank()) {
      return new PubSubEmulator(running, () -> {});
    }
    Optional<Path> jar = installedJar();
    return jar.isPresent() ? startJar(jar.get()) : startContainer();
  }

  /** For {@code PUBSUB_EMULATOR_HOST}. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    stop.run();
  }

  private static Optional<Path> installedJar() throws IOException, InterruptedException {
    String root;
    try (Child gcloud =
        Child.start(List.of("gcloud", "info", "--format=value(installation.sdk_root)"), Map.of())) {
      root = gcloud.finish(PATIENCE).out().strip();
    } catch (IOException e) {
      return Optional.empty();
    }
    Path folder = Path.of(root, "platform", "pubsub-emulator", "lib");
    if (root.isEmpty() || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).findFirst();
    }
  }

  private static PubSubEmulator startJar(Path jar) throws Exception {
    int port = FreePort.find();
    EmulatorProcess process =
        EmulatorProcess.start(
            "the Pub/Sub emulator",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--host=127.0.0.1",
                "--port=" + port),
            Map.of(),
            () -> EmulatorProcess.listens(port));
    return new PubSubEmulator("127.0.0.1:" + port, process::close);
  }

  private static PubSubEmulator startContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withCommand(
                "gcloud",
                "beta",
                "emulators",
                "pubsub",
                "start",
                "--host-port=0.0.0.0:" + CONTAINER_PORT)
            .withExposedPorts(CONTAINER_PORT)
            .waitingFor(Wait.forLogMessage("(?s).*started.*", 1));
    try {
      container.start();
    } catch (RuntimeException e) {
      throw new AssertionError(
          "There is no Pub/Sub emulator: set PUBSUB_EMULATOR_HOST to one that runs, or install it"
              + " (gcloud components install pubsub-emulator), or start Docker.",
          e);
    }
    return new PubSubEmulator(
        container.getHost() + ":" + container.getMappedPort(CONTAINER_PORT), container::stop);
  }
}
