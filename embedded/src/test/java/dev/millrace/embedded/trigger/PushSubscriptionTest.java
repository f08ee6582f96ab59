package dev.millrace.embedded.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.Eventually;
import dev.millrace.embedded.SettableClock;
import dev.millrace.embedded.folder.LandingFolder;
import dev.millrace.loader.ports.BatchRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PushSubscriptionTest {
  private static final String NAME = "p/2026-11-23T10:00:00+00:00_a b.avro";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private LandingFolder landing;
  private Outbox outbox;

  private final DeliveryListener listener =
      new DeliveryListener() {
        @Override
        public void delivered(BatchRef batch, int attempts) {
          told.add("delivered " + batch.name() + " after " + attempts);
        }

        @Override
        public void deliveryFailed(BatchRef batch, int status, String reason) {
          told.add("failed with " + status);
        }
      };

  @BeforeEach
  void open() throws IOException {
    landing = new LandingFolder(folder, "bucket", new SettableClock("2026-11-23T10:00:05.123456Z"));
    outbox = new Outbox(folder.resolve("notices"));
  }

  @Test
  void push_hasTheAttributesOfACloudStorageNotification() throws Exception {
    JsonNode message = pushed().path("message");

    assertThat(message.path("attributes"))
        .isEqualTo(
            JSON.readTree(
                """
                {"bucketId": "bucket", "eventTime": "2026-11-23T10:00:05.123456Z",
                 "eventType": "OBJECT_FINALIZE",
                 "notificationConfig": "projects/_/buckets/bucket/notificationConfigs/1",
                 "objectGeneration": "1795428005123456",
                 "objectId": "p/2026-11-23T10:00:00+00:00_a b.avro",
                 "payloadFormat": "JSON_API_V1"}
                """));
  }

  @Test
  void push_hasTheObjectResourceAsData() throws Exception {
    JsonNode message = pushed().path("message");

    assertThat(JSON.readTree(message.path("data").binaryValue()))
        .isEqualTo(
            JSON.readTree(
                """
                {"kind": "storage#object",
                 "id": "bucket/p/2026-11-23T10:00:00+00:00_a b.avro/1795428005123456",
                 "selfLink": "https://www.googleapis.com/storage/v1/b/bucket/o/p%2F2026-11-23T10%3A00%3A00%2B00%3A00_a%20b.avro",
                 "name": "p/2026-11-23T10:00:00+00:00_a b.avro", "bucket": "bucket",
                 "generation": "1795428005123456", "metageneration": "1",
                 "contentType": "application/octet-stream",
                 "timeCreated": "2026-11-23T10:00:05.123Z", "updated": "2026-11-23T10:00:05.123Z",
                 "storageClass": "STANDARD", "timeStorageClassUpdated": "2026-11-23T10:00:05.123Z",
                 "size": "7", "md5Hash": "bWQ1", "crc32c": "Y3Jj",
                 "mediaLink": "https://storage.googleapis.com/download/storage/v1/b/bucket/o/p%2F2026-11-23T10%3A00%3A00%2B00%3A00_a%20b.avro?generation=1795428005123456&alt=media",
                 "etag": "CICr3MPqnZgDEAE="}
                """));
  }

  @Test
  void push_namesMessageTimeAndSubscriptionAsPubSubDoes() throws Exception {
    JsonNode push = pushed();

    assertThat(push.path("subscription").stringValue()).isEqualTo("projects/p/subscriptions/s");
    assertThat(push.path("message").path("messageId").stringValue()).isEqualTo("42");
    assertThat(push.path("message").path("message_id").stringValue()).isEqualTo("42");
    assertThat(push.path("message").path("publishTime").stringValue())
        .isEqualTo("2026-11-23T10:00:06.789Z");
    assertThat(push.path("message").path("publish_time").stringValue())
        .isEqualTo("2026-11-23T10:00:06.789Z");
  }

  @Test
  void push_isRepeatedUntilA2xx() throws Exception {
    String key = finalised(NAME);
    try (FakeFunction function = new FakeFunction().answering(500, 404, 302, 204)) {
      PushSubscription push = subscription(function.address());
      push.offer(key);

      assertThat(push.close(PATIENCE)).isZero();
    }
    assertThat(told)
        .containsExactly(
            "failed with 500",
            "failed with 404",
            "failed with 302",
            "delivered " + NAME + " after 4");
    assertThat(outbox.keys()).isEmpty();
  }

  @Test
  void push_whenAnErrorIsThrown_isRepeated() throws Exception {
    String key = finalised(NAME);
    DeliveryListener brokenOnce =
        new DeliveryListener() {
          @Override
          public void deliveryFailed(BatchRef batch, int status, String reason) {
            told.add("failed with " + status);
            throw new NoClassDefFoundError("injected");
          }
        };
    try (FakeFunction function = new FakeFunction().answering(500, 204)) {
      PushSubscription push =
          new PushSubscription(settings(function.address()), outbox, landing, brokenOnce);
      push.offer(key);

      assertThat(push.close(PATIENCE)).isZero();
    }
    assertThat(told).containsExactly("failed with 500");
    assertThat(outbox.keys()).isEmpty();
  }

  @Test
  void push_whenNothingListens_staysInTheOutboxForTheNextStart() throws Exception {
    String key = finalised(NAME);
    PushSubscription push = subscription(URI.create("http://127.0.0.1:1/"));
    push.offer(key);
    Eventually.until("a failure", () -> told.contains("failed with 0"));

    assertThat(push.close(Duration.ZERO)).isEqualTo(1);
    assertThat(outbox.keys()).containsExactly(key);
  }

  @Test
  void push_hasNoMoreOpenAtOnceThanSet() throws Exception {
    try (FakeFunction function = new FakeFunction().holding()) {
      PushSubscription push = subscription(function.address());
      for (int i = 0; i < 10; i++) {
        push.offer(finalised("object-" + i));
      }
      Eventually.until("two open deliveries", () -> function.open() == 2);
      function.release();

      assertThat(push.close(PATIENCE)).isZero();
      assertThat(function.mostOpen()).isEqualTo(2);
      assertThat(function.bodies()).hasSize(10);
    }
  }

  @Test
  void push_ofAnObjectThatVanished_goesOut() throws Exception {
    String key = finalised(NAME);
    Files.delete(folder.resolve("landing").resolve(NAME));
    try (FakeFunction function = new FakeFunction()) {
      PushSubscription push = subscription(function.address());
      push.offer(key);

      assertThat(push.close(PATIENCE)).isZero();
      assertThat(function.bodies()).hasSize(1);
    }
  }

  @Test
  void corruptNotice_isPutAsideAndTheOthersGoOn() throws Exception {
    String corrupt = finalised("corrupt");
    String whole = finalised("whole");
    Files.writeString(folder.resolve("notices").resolve(corrupt + ".json"), "{\"messageId\":");
    try (FakeFunction function = new FakeFunction()) {
      PushSubscription push = subscription(function.address());
      push.offer(corrupt);
      push.offer(whole);

      assertThat(push.close(PATIENCE)).isZero();
    }
    assertThat(told).containsExactly("delivered whole after 1");
    assertThat(folder.resolve("notices").resolve(corrupt + ".corrupt")).exists();
  }

  private JsonNode pushed() throws Exception {
    String key = finalised(NAME);
    try (FakeFunction function = new FakeFunction()) {
      PushSubscription push = subscription(function.address());
      push.offer(key);
      push.close(PATIENCE);
      assertThat(function.contentType()).isEqualTo("application/json");
      return JSON.readTree(function.bodies().get(0));
    }
  }

  private PushSubscription subscription(URI target) {
    return new PushSubscription(settings(target), outbox, landing, listener);
  }

  private static PushSettings settings(URI target) {
    return PushSettings.to(target, "projects/p/subscriptions/s")
        .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
        .withOpenDeliveries(2);
  }

  private String finalised(String name) throws IOException {
    ObjectDescription object =
        new ObjectDescription(name, "application/octet-stream", 7, "bWQ1", "Y3Jj");
    String key =
        outbox.write(new Notice("42", Instant.parse("2026-11-23T10:00:06.789Z"), "bucket", object));
    landing.finalise(name, Files.writeString(folder.resolve("finished"), "content"));
    return key;
  }
}
