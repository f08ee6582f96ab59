package dev.millrace.function.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.pubsub.v1.PubsubMessage;
import dev.millrace.function.storage.ObjectResources;
import dev.millrace.function.storage.StorageClient;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.tests.emulator.FakeGcs;
import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishing to Google's Pub/Sub emulator. */
class PubSubTopicsTest {
  private static final String PROJECT = "shop-project";
  private static final String BUCKET = "shop-landing";
  private static final String NAME = "2026/11/26/a b%.avro";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static PubSubEmulator pubsub;
  private static FakeGcs storage;

  @BeforeAll
  static void start() throws Exception {
    pubsub = PubSubEmulator.start();
    storage = FakeGcs.start();
    storage.createBucket(BUCKET);
  }

  @AfterAll
  static void stop() {
    storage.close();
    pubsub.close();
  }

  @Test
  void notice_isTheOneThatTheStoreItselfPublishes() throws Exception {
    String storesTopic = topic("of-the-store");
    String ourTopic = topic("of-ours");
    try (Subscribed stores = Subscribed.to(pubsub, storesTopic);
        Subscribed ours = Subscribed.to(pubsub, ourTopic);
        FakeGcs notifying = FakeGcs.startNotifying(pubsub, PROJECT, "of-the-store");
        StorageNoticeTopic notices =
            new StorageNoticeTopic(
                new ObjectResources(StorageClient.ofEmulator(notifying.url()), BUCKET),
                named(ourTopic))) {
      notifying.createBucket(BUCKET);
      BatchRef batch = put(notifying, "content");
      PubsubMessage theirs = stores.pull(1).get(0);

      notices.publish(batch);

      PubsubMessage republished = ours.pull(1).get(0);
      assertThat(republished.getAttributesMap().keySet())
          .isEqualTo(theirs.getAttributesMap().keySet());
      for (String same :
          List.of("eventType", "payloadFormat", "bucketId", "objectId", "objectGeneration")) {
        assertThat(republished.getAttributesOrThrow(same))
            .as(same)
            .isEqualTo(theirs.getAttributesOrThrow(same));
      }
      JsonNode object = JSON.readTree(republished.getData().toStringUtf8());
      JsonNode theirObject = JSON.readTree(theirs.getData().toStringUtf8());
      Collection<String> fields = theirObject.propertyNames();
      for (String field : List.of("kind", "bucket", "name", "generation", "size", "md5Hash")) {
        assertThat(fields).contains(field);
        assertThat(object.path(field)).as(field).isEqualTo(theirObject.path(field));
      }
      assertThat(object.path("timeCreated").asString())
          .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }
  }

  @Test
  void notice_ofAnObjectThatIsGone_isNoSuchFile() throws Exception {
    try (StorageNoticeTopic notices =
        new StorageNoticeTopic(
            new ObjectResources(StorageClient.ofEmulator(storage.url()), BUCKET),
            named(topic("unused")))) {
      assertThatThrownBy(() -> notices.publish(new BatchRef(BUCKET, "gone", 7)))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void schemaChanges_moreThanOneRequestTakes_allArriveOnce() throws Exception {
    String name = topic("changes");
    List<String> changes =
        IntStream.range(0, 2_500).mapToObj("{\"change\": %d}"::formatted).toList();
    try (Subscribed subscribed = Subscribed.to(pubsub, name);
        PubSubSchemaChangeTopic topic = new PubSubSchemaChangeTopic(named(name))) {
      topic.publish(changes.stream().map(PubSubTopicsTest::bytes).toList());

      assertThat(subscribed.pull(changes.size()))
          .extracting(message -> message.getData().toStringUtf8())
          .containsExactlyInAnyOrderElementsOf(changes);
    }
  }

  @Test
  void schemaChanges_largerThanOneRequestTakes_allArrive() throws Exception {
    String name = topic("large-changes");
    byte[] large = bytes("{\"sql\": \"" + "x".repeat(4_000_000) + "\"}");
    try (Subscribed subscribed = Subscribed.to(pubsub, name);
        PubSubSchemaChangeTopic topic = new PubSubSchemaChangeTopic(named(name))) {
      topic.publish(List.of(large, large, large, large));

      assertThat(subscribed.pull(4)).allMatch(message -> message.getData().size() == large.length);
    }
  }

  @Test
  void noSchemaChanges_publishNothingAndMakeNoClient() throws Exception {
    try (PubSubSchemaChangeTopic topic =
        new PubSubSchemaChangeTopic(PubSubTopic.named(topic("nowhere"), Map.of(), second()))) {
      topic.publish(List.of());
    }
  }

  @Test
  void topicThatIsNotThere_isMisconfiguredAndNamed() throws Exception {
    try (PubSubTopic topic = named(topic("missing"))) {
      LoadException failure = failureOf(topic);

      assertThat(failure.error()).isEqualTo(LoadError.MISCONFIGURED);
      assertThat(failure).hasMessageContaining("There is no topic " + topic("missing"));
    }
  }

  @Test
  void serverThatDoesNotAnswer_isUnavailableInTime() throws Exception {
    Map<String, String> environment =
        Map.of("PUBSUB_EMULATOR_HOST", "127.0.0.1:" + FreePort.find());
    try (PubSubTopic topic = PubSubTopic.named(topic("unheard"), environment, second())) {
      assertThat(failureOf(topic).error()).isEqualTo(LoadError.UNAVAILABLE);
    }
  }

  @Test
  void topicOfAnotherForm_isMisconfigured() {
    assertThatThrownBy(() -> PubSubTopic.named("schema-changes"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("projects/<project>/topics/<topic>");
  }

  private static LoadException failureOf(PubSubTopic topic) {
    return catchThrowableOfType(
        LoadException.class,
        () -> topic.publish(List.of(new PubSubTopic.Message(bytes("{}"), Map.of()))));
  }

  private static PubSubTopic named(String topic) throws LoadException {
    return PubSubTopic.named(
        topic, Map.of("PUBSUB_EMULATOR_HOST", pubsub.address()), Duration.ofSeconds(30));
  }

  private static BatchRef put(FakeGcs store, String content)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    store.url()
                        + "/upload/storage/v1/b/"
                        + BUCKET
                        + "/o?uploadType=media&name=2026%2F11%2F26%2Fa%20b%25.avro"))
            .POST(HttpRequest.BodyPublishers.ofString(content))
            .build();
    HttpResponse<String> made =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode object = JSON.readTree(made.body());
    return new BatchRef(BUCKET, NAME, Long.parseLong(object.path("generation").asString()));
  }

  private static String topic(String id) {
    return "projects/" + PROJECT + "/topics/" + id;
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
