package dev.millrace.tests.emulator;

import dev.millrace.tests.process.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * fake-gcs-server, Cloud Storage in memory: built with Go, else a container.
 *
 * <p>Trust it for generations, {@code ifGenerationMatch} on create, resumable uploads, listing,
 * ranges and finalize events. It ignores {@code ifGenerationMatch} on get and delete, and {@code
 * matchGlob}.
 */
public final class FakeGcs implements AutoCloseable {
  private static final String NAME = "fake-gcs-server";
  private static final String PACKAGE = "github.com/fsouza/fake-gcs-server";
  private static final int CONTAINER_PORT = 4443;
  private static final DockerImageName IMAGE =
      DockerImageName.parse("fsouza/fake-gcs-server:1.56.1");

  private final String url;
  private final Runnable stop;

  private FakeGcs(String url, Runnable stop) {
    this.url = url;
    this.stop = stop;
  }

  /** Starts it, empty. */
  public static FakeGcs start() throws Exception {
    Optional<Path> program = GoPrograms.find(NAME, PACKAGE);
    return program.isPresent()
        ? startProgram(program.get(), List.of(), Map.of())
        : startContainer();
  }

  /**
   * Starts it so that it publishes a notice of every finished object, as Cloud Storage does.
   *
   * @param project of the topic, which must be there
   */
  public static FakeGcs startNotifying(PubSubEmulator pubsub, String project, String topic)
      throws Exception {
    return startNotifying(pubsub, project, topic, "");
  }

  /**
   * The same for the objects of one bucket.
   *
   * @param bucket empty for all
   */
  public static FakeGcs startNotifying(
      PubSubEmulator pubsub, String project, String topic, String bucket) throws Exception {
    Path program =
        GoPrograms.find(NAME, PACKAGE)
            .orElseThrow(
                () -> new AssertionError("This test needs Go 1.26 or newer (https://go.dev/dl)."));
    return startProgram(
        program,
        List.of(
            "-event.pubsub-project-id=" + project,
            "-event.pubsub-topic=" + topic,
            "-event.bucket=" + bucket,
            "-event.list=finalize"),
        Map.of("PUBSUB_EMULATOR_HOST", pubsub.address()));
  }

  /** Where it listens, such as {@code http://127.0.0.1:4443}: a client's host setting. */
  public String url() {
    return url;
  }

  /** Where it listens, as host and port. */
  public String address() {
    return URI.create(url).getAuthority();
  }

  /** Makes a bucket. */
  public void createBucket(String name) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + "/storage/v1/b?project=test").toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (OutputStream body = connection.getOutputStream()) {
      body.write("{\"name\": \"%s\"}".formatted(name).getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    connection.disconnect();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("fake-gcs-server didn't make the bucket " + name + ": " + status);
    }
  }

  @Override
  public void close() {
    stop.run();
  }

  private static FakeGcs startProgram(
      Path program, List<String> options, Map<String, String> environment) throws Exception {
    int port = FreePort.find();
    String url = "http://127.0.0.1:" + port;
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            program.toString(),
            "-scheme=http",
            "-host=127.0.0.1",
            "-port=" + port,
            "-backend=memory",
            "-log-level=warn"));
    command.addAll(options);
    return new FakeGcs(
        url,
        EmulatorProcess.start(
                NAME,
                command,
                environment,
                () -> EmulatorProcess.answers(url + "/_internal/healthcheck"))
            ::close);
  }

  private static FakeGcs startContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withCommand("-scheme=http", "-backend=memory", "-log-level=warn")
            .withExposedPorts(CONTAINER_PORT)
            .waitingFor(Wait.forHttp("/_internal/healthcheck"));
    try {
      container.start();
    } catch (RuntimeException e) {
      throw new AssertionError(
          "There is no fake-gcs-server: install Go 1.26 or newer (https://go.dev/dl), or start"
              + " Docker.",
          e);
    }
    return new FakeGcs(
        "http://" + container.getHost() + ":" + container.getMappedPort(CONTAINER_PORT),
        container::stop);
  }
}
