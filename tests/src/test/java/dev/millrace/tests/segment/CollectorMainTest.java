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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The collector as a container runs it, with Google's client and the environment's settings. */
@Timeout(300)
class CollectorMainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENT =
      "{\"batch\":[{\"event\":\"Order Completed\",\"messageId\":\"m-1\"}],\"writeKey\":\"the-key\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;

  private Child collector(int port, String pubSub) throws IOException {
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
    return Child.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            MillraceCommand.classPath(),
            "dev.millrace.collector.CollectorMain"),
        environment);
  }

  private HttpResponse<String> post(int port) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/batch"))
            .POST(HttpRequest.BodyPublishers.ofString(EVENT))
            .build(),
        HttpResponse.BodyHandlers.ofString());
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

  @Test
  void successMeansThatPubSubHasTheEventAnd503ThatItIsAway() throws Exception {
    int port = FreePort.find();
    try (LocalPipeline pipeline = LocalPipeline.in(folder.resolve("pipeline")).start();
        Child collector = collector(port, pipeline.address())) {
      awaitHealthy(port);

      HttpResponse<String> taken = post(port);
      assertThat(taken.body()).as(collector.err()).isEqualTo("{\"success\":true}");
      pipeline.dataset().awaitEventsRead(1, PATIENCE);
      assertThat(pipeline.dataset().value("select source from order_completed")).isEqualTo("shop");

      pipeline.kill();
      HttpResponse<String> away = post(port);
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
      assertThat(away.body()).contains("topic_unavailable");
    }
  }
}
