package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The function's image, unpacked, and its entry point run as a container would run it. */
@ResourceLock("scripts/image")
class ImageTest {
  @TempDir private static Path folder;

  private static Image image;

  @BeforeAll
  static void buildAndUnpack() throws Exception {
    image = Image.build(folder);
  }

  @Test
  void itRunsOurFunctionAndNotAsRoot() {
    JsonNode container = image.container();

    assertThat(container.path("User").asString()).isEqualTo("65532:65532");
    assertThat(container.path("WorkingDir").asString()).isEqualTo("/app");
    assertThat(container.path("Entrypoint").toString())
        .isEqualTo("[\"/opt/java/bin/java\",\"@java.args\"]");
    assertThat(container.path("Env").toString())
        .contains("FUNCTION_TARGET=dev.millrace.function.HttpEntry");
    assertThat(container.path("ExposedPorts").has("8080/tcp")).isTrue();
  }

  @Test
  void itsLabelsSayWhatItIs() {
    JsonNode labels = image.container().path("Labels");

    assertThat(labels.path("org.opencontainers.image.title").asString()).contains("Millrace");
    assertThat(labels.path("org.opencontainers.image.version").asString()).isNotBlank();
    assertThat(labels.path("org.opencontainers.image.revision").asString()).isNotBlank();
    assertThat(labels.path("org.opencontainers.image.licenses").asString()).isEqualTo("Apache-2.0");
  }

  @Test
  void ourLibrariesComeBeforeTheInvokersOldOnes() throws Exception {
    List<String> classPath = image.classPath();

    assertThat(classPath.get(classPath.size() - 1)).contains("java-function-invoker");
    assertThat(classPath)
        .allMatch(jar -> jar.endsWith(".jar"))
        .anyMatch(jar -> jar.contains("jackson-core-3"))
        .anyMatch(jar -> jar.contains("jackson-core-2"))
        .noneMatch(jar -> jar.contains("duckdb") || jar.contains("junit"));
    assertThat(classPath)
        .allMatch(jar -> Files.isRegularFile(image.root().resolve("app").resolve(jar)));
  }

  @Test
  void itsHeapLeavesRoomForTheRestAndItEndsWhenItIsFull() throws Exception {
    assertThat(Files.readAllLines(image.root().resolve("app/java.args")))
        .contains("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void theBillOfMaterialsListsWhatIsInIt() throws Exception {
    assertThat(image.components("function.cdx.json"))
        .contains("jackson-databind", "google-cloud-storage", "java-function-invoker")
        .doesNotContain("junit-jupiter");
  }

  @Test
  void itsEntryPointListensAnswersAndLogsJson() throws Exception {
    int port = FreePort.find();
    Path classes = folder.resolve("classes.log");
    try (Child function = image.start(port, Map.of(), classes)) {
      assertThat(post(port, "/", "no notice").statusCode()).isEqualTo(400);
      assertThat(post(port, "/nowhere", "{}").statusCode()).isEqualTo(404);
      assertThat(post(port, "/", NOTICE).statusCode()).isEqualTo(503);
      JsonNode line = lastJsonLine(function.out());
      assertThat(line.path("severity").asString()).isEqualTo("ERROR");
      assertThat(line.path("code").asString()).isEqualTo("misconfigured");
      assertThat(line.path("detail").asString()).contains("MILLRACE_SETTINGS");
    }
    assertThat(Image.source("dev.millrace.function.HttpEntry", classes))
        .contains("shared objects file");
  }

  private static final String NOTICE =
      """
      {"message": {"messageId": "1", "attributes": {"eventType": "OBJECT_FINALIZE",
       "bucketId": "landing", "objectId": "telemetry-1", "objectGeneration": "1795451447201694"}},
       "subscription": "projects/p/subscriptions/s"}
      """;

  private static HttpResponse<String> post(int port, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode lastJsonLine(String out) {
    List<String> lines = out.lines().filter(line -> line.startsWith("{")).toList();
    return JsonMapper.shared().readTree(lines.get(lines.size() - 1));
  }
}
