package dev.millrace.tests.emulator;

import dev.millrace.tests.process.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * goccy's BigQuery emulator with an empty project, in memory: built with Go, which takes minutes
 * the first time, else a container.
 *
 * <p>Trust it for SQL, types and the load format. It says nothing about job ids, atomic loads,
 * transactions, quotas or schema changes of a table: it takes such calls and does something else.
 * Many small loads slow it down, so each test class starts its own.
 */
public final class BigQueryEmulator implements AutoCloseable {
  private static final String PACKAGE = "github.com/goccy/bigquery-emulator/cmd/bigquery-emulator";
  private static final int CONTAINER_REST_PORT = 9050;
  private static final int CONTAINER_GRPC_PORT = 9060;
  private static final DockerImageName IMAGE =
      DockerImageName.parse("ghcr.io/goccy/bigquery-emulator:0.8.1");

  private final String url;
  private final String grpcAddress;
  private final Runnable stop;

  private BigQueryEmulator(String url, String grpcAddress, Runnable stop) {
    this.url = url;
    this.grpcAddress = grpcAddress;
    this.stop = stop;
  }

  /**
   * Starts it.
   *
   * @param project the only project that it knows
   */
  public static BigQueryEmulator start(String project) throws Exception {
    return start(project, Map.of());
  }

  /**
   * Starts it so that load jobs find {@code gs://} objects in a fake of Cloud Storage.
   *
   * @param project the only project that it knows
   */
  public static BigQueryEmulator startReading(FakeGcs storage, String project) throws Exception {
    // The emulator puts a path behind it and takes it as it is, so it needs its scheme.
    return start(project, Map.of("STORAGE_EMULATOR_HOST", storage.url()));
  }

  /** Where it answers REST, such as {@code http://127.0.0.1:9050}: a client's host setting. */
  public String url() {
    return url;
  }

  /** Where it answers gRPC, as host and port. */
  public String grpcAddress() {
    return grpcAddress;
  }

  @Override
  public void close() {
    stop.run();
  }

  private static BigQueryEmulator start(String project, Map<String, String> environment)
      throws Exception {
    Optional<Path> program = GoPrograms.find("bigquery-emulator", PACKAGE);
    return program.isPresent()
        ? startProgram(program.get(), project, environment)
        : startContainer(project, environment);
  }

  private static BigQueryEmulator startProgram(
      Path program, String project, Map<String, String> environment) throws Exception {
    int port = FreePort.find();
    int grpcPort = FreePort.find();
    String url = "http://127.0.0.1:" + port;
    List<String> command =
        List.of(
            program.toString(),
            "--project=" + project,
            "--host=127.0.0.1",
            "--port=" + port,
            "--grpc-port=" + grpcPort,
            "--log-level=error");
    return new BigQueryEmulator(
        url,
        "127.0.0.1:" + grpcPort,
        EmulatorProcess.start(
                "the BigQuery emulator",
                command,
                environment,
                () ->
                    EmulatorProcess.answers(url + "/bigquery/v2/projects/" + project + "/datasets"))
            ::close);
  }

  private static BigQueryEmulator startContainer(String project, Map<String, String> environment) {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withCommand("--project=" + project)
            .withEnv(environment)
            .withExposedPorts(CONTAINER_REST_PORT, CONTAINER_GRPC_PORT)
            .waitingFor(Wait.forHttp("/bigquery/v2/projects/" + project + "/datasets"));
    try {
      container.start();
    } catch (RuntimeException e) {
      throw new AssertionError(
          "There is no BigQuery emulator: install Go 1.26 or newer (https://go.dev/dl) and a C++"
              + " compiler, or start Docker.",
          e);
    }
    return new BigQueryEmulator(
        "http://" + container.getHost() + ":" + container.getMappedPort(CONTAINER_REST_PORT),
        container.getHost() + ":" + container.getMappedPort(CONTAINER_GRPC_PORT),
        container::stop);
  }
}
