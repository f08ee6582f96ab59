package dev.millrace.embedded.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Topic;
import dev.millrace.embedded.Eventually;
import dev.millrace.embedded.SettableClock;
import dev.millrace.embedded.trigger.FakeFunction;
import dev.millrace.embedded.trigger.PushSettings;
import dev.millrace.loader.ports.BatchRef;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PubSubEndpointTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-23T04:10:00.5Z");

  @Test
  void text_isThePayloadsWithANewlineBetween() throws Exception {
    publishAndClose(Pipeline.TEXT, Client.request("{\"a\":1}", "{\n}", "é"));

    assertThat(Pipeline.texts(folder)).containsExactly("{\"a\":1}\n{\n}\né");
  }

  @Test
  void object_isNamedByItsStartAndAUuid() throws Exception {
    ObjectNames names = new ObjectNames("landing-bucket", "raw/prod_", "_archive");
    EndpointSettings settings =
        new EndpointSettings(
            Pipeline.AVRO.names(), names, Pipeline.AVRO.limits(), BatchFormat.TEXT, 0);

    publishAndClose(settings, Client.request("x"));

    assertThat(folder.resolve("landing/raw"))
        .isDirectoryContaining(
            file ->
                file.getFileName()
                    .toString()
                    .matches("prod_2026-11-23T04:10:00\\+00:00_[0-9a-f-]{36}_archive"));
  }

  @Test
  void avro_hasPubSubsSchema() throws Exception {
    publishAndClose(Pipeline.AVRO, Client.request("x"));

    assertThat(Pipeline.rows(folder).get(0).getSchema())
        .isEqualTo(
            new Schema.Parser()
                .parse(
                    """
                    {"type":"record","namespace":"com.google.pubsub",
                    "name":"PubsubMessageWithMetadata","fields":[
                    {"name":"subscription_name","type":"string"},
                    {"name":"message_id","type":"string"},
                    {"name":"publish_time",
                     "type":{"type":"long","logicalType":"timestamp-micros"}},
                    {"name":"attributes","type":{"type":"map","values":"string"}},
                    {"name":"data","type":"bytes"}]}
                    """));
  }

  @Test
  void avro_hasDataAttributesOrderingKeyAndMetadata() throws Exception {
    PublishRequest request =
        PublishRequest.newBuilder()
            .setTopic(Client.TOPIC)
            .addMessages(
                Client.message()
                    .setData(ByteString.copyFrom(new byte[] {0, (byte) 0xff, '\n'}))
                    .putAttributes("key", "value")
                    .setOrderingKey("order"))
            .build();

    List<String> ids = publishAndClose(Pipeline.AVRO, request);

    GenericRecord row = Pipeline.rows(folder).get(0);
    assertThat(row.get("subscription_name").toString())
        .isEqualTo("projects/demo/subscriptions/events-to-landing");
    assertThat(row.get("message_id").toString()).isEqualTo(ids.get(0));
    assertThat(row.get("publish_time")).isEqualTo(1795407000500000L);
    assertThat(strings(row.get("attributes")))
        .isEqualTo(Map.of("key", "value", "ordering_key", "order"));
    assertThat(row.get("data")).isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, '\n'}));
  }

  @Test
  void avroWithoutMetadata_hasThePayloadAlone() throws Exception {
    publishAndClose(Pipeline.AVRO.withFormat(BatchFormat.AVRO), Client.request("x"));

    GenericRecord row = Pipeline.rows(folder).get(0);
    assertThat(row.getSchema().getFullName()).isEqualTo("com.google.pubsub.PubsubMessage");
    assertThat(row.getSchema().getFields()).hasSize(1);
    assertThat(row.get("data")).isEqualTo(ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void messageIds_areDecimalAndNeverRepeatedOverRestarts() throws Exception {
    List<String> first = publishAndClose(Pipeline.TEXT, Client.request("a", "b"));
    clock.move(Duration.ofDays(-1));
    List<String> second = publishAndClose(Pipeline.TEXT, Client.request("c", "d"));

    assertThat(first).allMatch(id -> id.matches("[0-9]+")).doesNotContainAnyElementsOf(second);
    assertThat(second).doesNotHaveDuplicates();
  }

  @Test
  void batch_isFinalisedWhenItsTimeIsUp() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.TEXT);
        Client client = new Client(endpoint.port())) {
      client.publish("first");
      clock.move(Duration.ofMinutes(5).minusMillis(1));
      client.publish("second");
      clock.move(Duration.ofMillis(1));

      Eventually.until("an object", () -> Pipeline.texts(folder).equals(List.of("first\nsecond")));
    }
  }

  @Test
  void batch_isFinalisedWhenTheClockIsSetBack() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.TEXT);
        Client client = new Client(endpoint.port())) {
      client.publish("x");
      clock.move(Duration.ofHours(-1));

      Eventually.until("an object", () -> Pipeline.texts(folder).equals(List.of("x")));
    }
  }

  @Test
  void batch_isFinalisedAtMaxMessages_andNeverHasMore() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.limited(1 << 30, 1_000));
        Client client = new Client(endpoint.port())) {
      client.publish(Collections.nCopies(600, "x").toArray(String[]::new));
      client.publish(Collections.nCopies(600, "y").toArray(String[]::new));
      client.publish(Collections.nCopies(400, "y").toArray(String[]::new));

      Eventually.until("two objects", () -> Pipeline.texts(folder).size() == 2);
    }
    assertThat(Pipeline.texts(folder).stream().map(text -> text.lines().count()))
        .containsExactly(600L, 1_000L);
  }

  @Test
  void batch_isFinalisedAtMaxBytes() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.limited(1_000, 1_000));
        Client client = new Client(endpoint.port())) {
      client.publish("x".repeat(600));
      client.publish("y".repeat(600));
      client.publish("z".repeat(5_000));

      Eventually.until("three objects", () -> Pipeline.texts(folder).size() == 3);
    }
    assertThat(Pipeline.texts(folder).stream().map(String::length))
        .containsExactly(600, 600, 5_000);
  }

  @Test
  void close_whenNothingWasPublished_makesNoObject() throws Exception {
    start(Pipeline.TEXT).close();

    assertThat(Pipeline.texts(folder)).isEmpty();
    assertThat(Pipeline.journals(folder)).isEmpty();
  }

  @Test
  void close_finalisesAndDelivers() throws Exception {
    try (FakeFunction function = new FakeFunction()) {
      PubSubEndpoint endpoint =
          PubSubEndpoint.builder(folder, Pipeline.TEXT)
              .pushTo(PushSettings.to(function.address(), "projects/demo/subscriptions/push"))
              .start();
      try (Client client = new Client(endpoint.port())) {
        client.publish("x");
      }
      endpoint.close();

      assertThat(function.bodies()).hasSize(1);
    }
    assertThat(folder.resolve("notices")).isEmptyDirectory();
  }

  @Test
  void notice_thatWasNotAcknowledged_isOfferedAgainAfterARestart() throws Exception {
    publishAndClose(Pipeline.TEXT, Client.request("x"));
    assertThat(folder.resolve("notices")).isNotEmptyDirectory();

    try (FakeFunction function = new FakeFunction()) {
      PubSubEndpoint.builder(folder, Pipeline.TEXT)
          .pushTo(PushSettings.to(function.address(), "projects/demo/subscriptions/push"))
          .start()
          .close();

      assertThat(function.bodies()).hasSize(1);
    }
    assertThat(folder.resolve("notices")).isEmptyDirectory();
  }

  @Test
  void listener_hearsOfAcknowledgedMessagesObjectsAndDeliveries() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    EndpointListener listener =
        new EndpointListener() {
          @Override
          public void acknowledged(int messages) {
            heard.add(messages + " acknowledged");
          }

          @Override
          public void finalised(BatchRef batch, long messages, long bytes) {
            heard.add(messages + " finalised in " + bytes);
          }

          @Override
          public void delivered(BatchRef batch, int attempts) {
            heard.add("delivered after " + attempts);
          }
        };
    try (FakeFunction function = new FakeFunction()) {
      PubSubEndpoint endpoint =
          PubSubEndpoint.builder(folder, Pipeline.TEXT)
              .listener(listener)
              .pushTo(PushSettings.to(function.address(), "projects/demo/subscriptions/push"))
              .start();
      try (Client client = new Client(endpoint.port())) {
        client.publish("x", "y");
      }
      endpoint.close();
    }
    assertThat(heard).containsExactly("2 acknowledged", "2 finalised in 3", "delivered after 1");
  }

  @Test
  void publish_toAnotherTopic_isNotFoundAndSaysWhichIsServed() throws Exception {
    PublishRequest request =
        Client.request("x").toBuilder().setTopic("projects/demo/topics/other").build();

    assertRefused(
        client -> client.publisher().publish(request),
        Status.Code.NOT_FOUND,
        "projects/demo/topics/events alone, not 'projects/demo/topics/other'",
        "--project and --topic");
  }

  @Test
  void getTopic_knowsTheOneServed() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.TEXT);
        Client client = new Client(endpoint.port())) {
      GetTopicRequest request = GetTopicRequest.newBuilder().setTopic(Client.TOPIC).build();

      assertThat(client.publisher().getTopic(request).getName()).isEqualTo(Client.TOPIC);
    }
  }

  @Test
  void listTopics_isTheOneServed() throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.TEXT);
        Client client = new Client(endpoint.port())) {
      ListTopicsRequest request =
          ListTopicsRequest.newBuilder().setProject("projects/demo").build();

      assertThat(client.publisher().listTopics(request).getTopicsList())
          .containsExactly(Topic.newBuilder().setName(Client.TOPIC).build());
    }
  }

  @Test
  void createTopic_ofTheOneServed_alreadyExists() throws Exception {
    Topic topic = Topic.newBuilder().setName(Client.TOPIC).build();

    assertRefused(
        client -> client.publisher().createTopic(topic),
        Status.Code.ALREADY_EXISTS,
        "this Millrace pipeline serves it");
  }

  @Test
  void createTopic_ofAnother_isRefused() throws Exception {
    Topic topic = Topic.newBuilder().setName("projects/demo/topics/other").build();

    assertRefused(
        client -> client.publisher().createTopic(topic),
        Status.Code.FAILED_PRECONDITION,
        "can't be created here",
        Client.TOPIC);
  }

  @Test
  void otherMethodOfPublisher_isUnimplementedWithASentence() throws Exception {
    assertRefused(
        client -> client.publisher().deleteTopic(DeleteTopicRequest.getDefaultInstance()),
        Status.Code.UNIMPLEMENTED,
        "google.pubsub.v1.Publisher/DeleteTopic is not here",
        "Millrace's local Pub/Sub endpoint");
  }

  @Test
  void subscriber_isUnimplementedWithASentence() throws Exception {
    assertRefused(
        client ->
            SubscriberGrpc.newBlockingStub(client.channel()).pull(PullRequest.getDefaultInstance()),
        Status.Code.UNIMPLEMENTED,
        "google.pubsub.v1.Subscriber/Pull is not here",
        "use the Pub/Sub emulator");
  }

  @Test
  void schemaService_isUnimplementedWithASentence() throws Exception {
    assertRefused(
        client ->
            SchemaServiceGrpc.newBlockingStub(client.channel())
                .createSchema(CreateSchemaRequest.getDefaultInstance()),
        Status.Code.UNIMPLEMENTED,
        "google.pubsub.v1.SchemaService/CreateSchema is not here");
  }

  @Test
  void request_overPubSubsLimit_isInvalidWithASentence() throws Exception {
    assertRefused(
        client -> client.publish("x".repeat(5_000_000), "y".repeat(5_000_000)),
        Status.Code.INVALID_ARGUMENT,
        "at most 10 MB");
  }

  @Test
  void start_whenThePortIsTaken_namesPortAndOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EndpointSettings settings = Pipeline.TEXT.withPort(taken.getLocalPort());

      assertThatThrownBy(() -> start(settings))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("--port");
    }
  }

  @Test
  void start_whenThePortIsTaken_letsGoOfTheFolder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EndpointSettings settings = Pipeline.TEXT.withPort(taken.getLocalPort());
      assertThatThrownBy(() -> start(settings)).isInstanceOf(CannotStartException.class);
    }

    start(Pipeline.TEXT).close();
  }

  @Test
  void start_onAFolderInUse_namesTheProcess() throws Exception {
    try (PubSubEndpoint first = start(Pipeline.TEXT)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> start(Pipeline.TEXT))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void start_onAFolderThatCannotBeMade_namesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(() -> PubSubEndpoint.builder(file, Pipeline.TEXT).start())
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Choose a folder you may write");
  }

  private interface Call {
    void with(Client client) throws Exception;
  }

  private void assertRefused(Call call, Status.Code code, String... words) throws Exception {
    try (PubSubEndpoint endpoint = start(Pipeline.TEXT);
        Client client = new Client(endpoint.port())) {
      assertThatThrownBy(() -> call.with(client))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> {
                assertThat(e.getStatus().getCode()).isEqualTo(code);
                assertThat(e.getStatus().getDescription()).contains(words);
              });
    }
  }

  private List<String> publishAndClose(EndpointSettings settings, PublishRequest request)
      throws IOException {
    try (PubSubEndpoint endpoint = start(settings);
        Client client = new Client(endpoint.port())) {
      return client.publisher().publish(request).getMessageIdsList();
    }
  }

  private PubSubEndpoint start(EndpointSettings settings) throws IOException {
    return PubSubEndpoint.builder(folder, settings).clock(clock).start();
  }

  private static Map<String, String> strings(Object avroMap) {
    Map<String, String> strings = new TreeMap<>();
    ((Map<?, ?>) avroMap).forEach((key, value) -> strings.put(key.toString(), value.toString()));
    return strings;
  }
}
