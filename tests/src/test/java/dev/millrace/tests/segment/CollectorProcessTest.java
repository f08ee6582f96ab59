package dev.millrace.tests.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tests.process.Child;
import dev.millrace.tests.process.Eventually;
import dev.millrace.tests.process.FreePort;
import dev.millrace.tests.process.LocalPipeline;
import dev.millrace.tests.process.MillraceCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The collector as a container runs it, plain and as a function of the functions framework, with
 * Google's client and the environment's settings.
 */
@Timeout(300)
class CollectorProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> PLAIN = List.of("dev.millrace.collector.CollectorMain");
  private static final List<String> FUNCTION =
      List.of(
          "com.google.cloud.functions.invoker.runner.Invoker",
          "--target",
          "dev.millrace.collector.HttpEntry");

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;

  private Child collector(List<String> entry, int port, String pubSub) throws IOException {
    Path keys = Files.writeString(folder.resolve("keys.json"), "{\"the-key\":\"shop\"}");
    String topics = "projects/" + LocalPipeline.PROJECT + "/topics/";
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "PORT",
                Integer.toString(port),
                "MILLRACE_TOPIC",
                topics + LocalPipeline.TOPIC,
                "MILLRACE_DEAD_LETTER_TOPIC",
                topics + "refused",
                "MILLRACE_WRITE_KEYS_FILE",
                keys.toString(),
                "PUBSUB_EMULATOR_HOST",
                pubSub));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                MillraceCommand.classPath()));
    command.addAll(entry);
    return Child.start(command, environment);
  }

  private CompletableFuture<HttpResponse<String>> post(int port, String messageId) {
    String body =
        "{\"batch\":[{\"event\":\"Order Completed\",\"messageId\":\"%s\"}],\"writeKey\":\"the-key\"}"
            .formatted(messageId);
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/batch"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** As a library does: the first call of a process may take its time on a busy machine. */
  private void awaitTaken(Child collector, int port, String messageId) throws Exception {
    Eventually.until(
        messageId + " is taken",
        PATIENCE,
        () -> {
          HttpResponse<String> reply = post(port, messageId).join();
          if (reply.statusCode() == 503) {
            return false;
          }
          assertThat(reply.statusCode()).as(collector.err()).isEqualTo(200);
          assertThat(reply.body()).isEqualTo("{\"success\":true}");
          return true;
        });
  }

  private void awaitHealthy(int port) throws Exception {
    Eventually.until(
        "the collector answers",
        PATIENCE,
        () -> {
          try {
            URI health = URI.create("http://127.0.0.1:" + port + "/health");
            return client
                    .send(
                        HttpRequest.newBuilder(health).build(),
                        HttpResponse.BodyHandlers.discarding())
                    .statusCode()
                == 200;
          } catch (IOException e) {
            return false;
          }
        });
  }

  private static void assertAway(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(reply.body()).contains("topic_unavailable");
  }

  @Test
  void successMeansThatPubSubHasTheEventAnd503ThatItIsAway() throws Exception {
    int plainPort = FreePort.find();
    int functionPort = FreePort.find();
    try (LocalPipeline pipeline = LocalPipeline.in(folder.resolve("pipeline")).start();
        Child plain = collector(PLAIN, plainPort, pipeline.address());
        Child function = collector(FUNCTION, functionPort, pipeline.address())) {
      awaitHealthy(plainPort);
      awaitHealthy(functionPort);

      awaitTaken(plain, plainPort, "by plain");
      awaitTaken(function, functionPort, "by function");
      pipeline.dataset().awaitEventsRead(2, PATIENCE);
      Eventually.until(
          "both events are in the table",
          PATIENCE,
          () ->
              pipeline
                  .dataset()
                  .rows("select distinct message_id, source from order_completed order by 1")
                  .equals(List.of(List.of("by function", "shop"), List.of("by plain", "shop"))));

      pipeline.kill();
      CompletableFuture<HttpResponse<String>> ofPlain = post(plainPort, "too late");
      CompletableFuture<HttpResponse<String>> ofFunction = post(functionPort, "too late");
      assertAway(ofPlain.join());
      assertAway(ofFunction.join());
    }
  }
}
