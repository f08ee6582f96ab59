package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The collector's image, unpacked, and its entry point run with what Terraform would set. */
@ResourceLock("scripts/image")
class CollectorImageTest {
  @TempDir private static Path folder;

  private static Image image;

  @BeforeAll
  static void buildAndUnpack() throws Exception {
    image = Image.build(folder, "--collector");
  }

  @Test
  void itRunsTheCollectorAndNotAsRoot() throws Exception {
    assertThat(image.container().path("User").asString()).isEqualTo("65532:65532");
    assertThat(image.container().path("Entrypoint").toString())
        .isEqualTo("[\"/opt/java/bin/java\",\"@java.args\"]");
    assertThat(Files.readAllLines(image.root().resolve("app/java.args")))
        .endsWith("dev.millrace.collector.CollectorMain");
    assertThat(image.container().path("Labels").path("org.opencontainers.image.title").asString())
        .contains("function-http-to-pubsub");
  }

  @Test
  void itHoldsWhatItNeedsAndNothingElse() throws Exception {
    assertThat(image.classPath())
        .allMatch(jar -> Files.isRegularFile(image.root().resolve("app").resolve(jar)))
        .noneMatch(
            jar -> jar.contains("java-function-invoker") || jar.contains("google-cloud-storage"));
    assertThat(image.components("collector.cdx.json"))
        .contains("jackson-databind", "google-cloud-pubsub")
        .doesNotContain("google-cloud-bigquery", "junit-jupiter");
  }

  @Test
  void itsEntryPointTakesCallsAndPublishesThem() throws Exception {
    int port = FreePort.find();
    Path classes = folder.resolve("classes.log");
    try (PubSubEmulator pubSub = PubSubEmulator.start()) {
      Rest emulator = new Rest("http://" + pubSub.address() + "/v1/projects/p/");
      for (String topic : List.of("events", "refused")) {
        emulator.send("PUT", "topics/" + topic, "{}");
        emulator.send(
            "PUT", "subscriptions/" + topic, "{\"topic\": \"projects/p/topics/" + topic + "\"}");
      }
      try (Child collector = image.start(port, environment(pubSub), classes)) {
        Rest calls = new Rest("http://127.0.0.1:" + port);

        assertThat(calls.send("GET", "/health", "").statusCode()).isEqualTo(200);
        assertThat(calls.send("POST", "/v1/track", EVENT).statusCode()).isEqualTo(200);
        assertThat(calls.send("POST", "/v1/batch", NO_EVENT).statusCode()).isEqualTo(400);

        assertThat(emulator.pull("events"))
            .singleElement()
            .satisfies(event -> assertThat(event.path("source").asString()).isEqualTo("shop"))
            .satisfies(event -> assertThat(event.path("event").asString()).isEqualTo("Paid"));
        assertThat(emulator.pull("refused")).hasSize(1);
        assertThat(collector.out().lines().filter(line -> !line.isBlank()))
            .as("its log, for Cloud Logging")
            .isNotEmpty()
            .allMatch(line -> JsonMapper.shared().readTree(line).path("severity").isString());
      }
    }
    assertThat(Image.source("dev.millrace.collector.Collector", classes))
        .contains("shared objects file");
  }

  private static final String EVENT =
      "{\"writeKey\": \"k\", \"userId\": \"u\", \"event\": \"Paid\", \"context\": {\"ip\": \"192.0.2.1\"}}";
  private static final String NO_EVENT = "{\"writeKey\": \"k\", \"batch\": [7]}";

  private static Map<String, String> environment(PubSubEmulator pubSub) throws Exception {
    Path keys = Files.writeString(folder.resolve("write-keys"), "{\"k\": \"shop\"}");
    Path settings =
        Files.writeString(
            folder.resolve("millrace.yaml"),
            "dataset: telemetry\ncollector: {sources: {shop: {client_ip: none}}}\n");
    return Map.of(
        "PUBSUB_EMULATOR_HOST",
        pubSub.address(),
        "MILLRACE_TOPIC",
        "projects/p/topics/events",
        "MILLRACE_DEAD_LETTER_TOPIC",
        "projects/p/topics/refused",
        "MILLRACE_WRITE_KEYS_FILE",
        keys.toString(),
        "MILLRACE_SETTINGS",
        settings.toString(),
        "MILLRACE_TRUSTED_PROXIES",
        "1");
  }

  /** Calls below an address. */
  private record Rest(String address) {
    HttpResponse<String> send(String method, String path, String body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The messages that wait in a subscription; pulling waits for the first. */
    List<JsonNode> pull(String subscription) throws Exception {
      String answer =
          send("POST", "subscriptions/" + subscription + ":pull", "{\"maxMessages\": 10}").body();
      List<JsonNode> messages = new ArrayList<>();
      for (JsonNode received : JsonMapper.shared().readTree(answer).path("receivedMessages")) {
        byte[] data = received.path("message").path("data").binaryValue();
        messages.add(JsonMapper.shared().readTree(new String(data, StandardCharsets.UTF_8)));
      }
      return messages;
    }
  }
}
