package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.FreePort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The function's image, unpacked, and its entry point run as a container would run it. */
class ImageTest {
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(20);

  @TempDir private static Path folder;

  private static Path root;
  private static JsonNode config;

  @BeforeAll
  static void buildAndUnpack() throws Exception {
    Path tar = folder.resolve("image.tar");
    String script = Checkout.root().resolve("scripts/image").toString();
    Map<String, String> sameJdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (Child build =
        Child.start(List.of(script, "tar", tar.toString(), "--without-base"), sameJdk)) {
      Child.Finished finished = build.finish(BUILD_PATIENCE);
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
      assertThat(finished.out()).as("what scripts/deploy reads").isEqualTo(tar + "\n");
    }
    root = Files.createDirectory(folder.resolve("root"));
    Map<String, byte[]> parts = parts(tar);
    JsonNode manifest = JsonMapper.shared().readTree(parts.get("manifest.json")).get(0);
    config = JsonMapper.shared().readTree(parts.get(manifest.path("Config").asString()));
    for (JsonNode layer : manifest.path("Layers")) {
      unpack(parts.get(layer.asString()));
    }
  }

  @Test
  void itRunsOurFunctionAndNotAsRoot() {
    JsonNode container = config.path("config");

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
    JsonNode labels = config.path("config").path("Labels");

    assertThat(labels.path("org.opencontainers.image.title").asString()).contains("Millrace");
    assertThat(labels.path("org.opencontainers.image.version").asString()).isNotBlank();
    assertThat(labels.path("org.opencontainers.image.revision").asString()).isNotBlank();
    assertThat(labels.path("org.opencontainers.image.licenses").asString()).isEqualTo("Apache-2.0");
  }

  @Test
  void ourLibrariesComeBeforeTheInvokersOldOnes() throws Exception {
    List<String> classPath = classPath();

    assertThat(classPath.get(classPath.size() - 1)).contains("java-function-invoker");
    assertThat(classPath)
        .allMatch(jar -> jar.endsWith(".jar"))
        .anyMatch(jar -> jar.contains("jackson-core-3"))
        .anyMatch(jar -> jar.contains("jackson-core-2"))
        .noneMatch(jar -> jar.contains("duckdb") || jar.contains("junit"));
    assertThat(classPath).allMatch(jar -> Files.isRegularFile(root.resolve("app").resolve(jar)));
  }

  @Test
  void theBillOfMaterialsListsWhatIsInIt() throws Exception {
    JsonNode bill =
        JsonMapper.shared().readTree(root.resolve("app/sbom/function.cdx.json").toFile());
    List<String> names = new ArrayList<>();
    bill.path("components").forEach(component -> names.add(component.path("name").asString()));

    assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(names)
        .contains("jackson-databind", "google-cloud-storage", "java-function-invoker")
        .doesNotContain("junit-jupiter");
  }

  @Test
  void itsEntryPointListensAnswersAndLogsJson() throws Exception {
    int port = FreePort.find();
    Path classes = folder.resolve("classes.log");
    try (Child function = start(port, Map.of("JDK_JAVA_OPTIONS", logOfClasses(classes)))) {
      awaitListening(function, port);

      assertThat(post(port, "/", "no notice").statusCode()).isEqualTo(400);
      assertThat(post(port, "/nowhere", "{}").statusCode()).isEqualTo(404);
      assertThat(post(port, "/", NOTICE).statusCode()).isEqualTo(503);
      JsonNode line = lastJsonLine(function.out());
      assertThat(line.path("severity").asString()).isEqualTo("ERROR");
      assertThat(line.path("code").asString()).isEqualTo("misconfigured");
      assertThat(line.path("detail").asString()).contains("MILLRACE_SETTINGS");
    }
    assertThat(Files.readAllLines(classes))
        .filteredOn(loaded -> loaded.startsWith("dev.millrace.function.HttpEntry source:"))
        .singleElement()
        .asString()
        .as("where the function's class was loaded from")
        .contains("shared objects file");
  }

  private static final String NOTICE =
      """
      {"message": {"messageId": "1", "attributes": {"eventType": "OBJECT_FINALIZE",
       "bucketId": "landing", "objectId": "telemetry-1", "objectGeneration": "1795451447201694"}},
       "subscription": "projects/p/subscriptions/s"}
      """;

  private static Child start(int port, Map<String, String> more) throws IOException {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("PORT", Integer.toString(port));
    environment.put("K_SERVICE", "millrace-function");
    for (JsonNode variable : config.path("config").path("Env")) {
      String[] pair = variable.asString().split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    List<String> command = new ArrayList<>();
    for (JsonNode part : config.path("config").path("Entrypoint")) {
      String text = part.asString();
      command.add(text.startsWith("/") ? root + text : text);
    }
    String app = root + config.path("config").path("WorkingDir").asString();
    // A child has no working directory of its own, and the entry point counts on its.
    List<String> there = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", app));
    there.addAll(command);
    return Child.start(there, environment);
  }

  private static String logOfClasses(Path file) {
    return "-Xlog:class+load:file=" + file + ":none:filecount=0";
  }

  private static void awaitListening(Child function, int port) throws Exception {
    Eventually.until(
        "the function listens",
        Duration.ofMinutes(2),
        () -> {
          assertThat(function.isAlive()).as(function.out() + function.err()).isTrue();
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        });
  }

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

  private static List<String> classPath() throws IOException {
    return Files.readAllLines(root.resolve("app/java.args")).stream()
        .filter(line -> line.startsWith("-cp "))
        .flatMap(line -> List.of(line.substring("-cp ".length()).split(":")).stream())
        .toList();
  }

  private static Map<String, byte[]> parts(Path tar) throws IOException {
    Map<String, byte[]> parts = new TreeMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    }
    return parts;
  }

  private static void unpack(byte[] layer) throws IOException {
    InputStream bytes = new ByteArrayInputStream(layer);
    boolean packed = layer.length > 1 && (layer[0] & 0xff) == 0x1f && (layer[1] & 0xff) == 0x8b;
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(packed ? new GZIPInputStream(bytes) : bytes)) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          continue;
        }
        Files.copy(in, file);
        Files.setLastModifiedTime(
            file, java.nio.file.attribute.FileTime.from(entry.getModTime().toInstant()));
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true)) {
          throw new IOException("can't make executable: " + file);
        }
      }
    }
  }
}
