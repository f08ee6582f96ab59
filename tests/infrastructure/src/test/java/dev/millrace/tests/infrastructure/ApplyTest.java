package dev.millrace.tests.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.tests.emulator.PubSubEmulator;
import dev.millrace.tests.infrastructure.google.AdminServer;
import dev.millrace.tests.process.Child;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The life of a deployment, in order: created from nothing, used, changed, protected, torn down.
 * Each test starts from what the one before it left.
 */
@Tag("terraform")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplyTest {
  private static final String[] VARIABLES = {
    "-var=project_id=my-project",
    "-var=region=europe-west1",
    "-var=analysts=[\"group:a@b.example\"]",
    "-var=collector={write_keys=\"write-keys\"}"
  };

  @TempDir private static Path copy;

  private static final String REPOSITORY = "europe-west1-docker.pkg.dev/my-project/millrace/";

  private static final BlockingQueue<String> PUSHED = new LinkedBlockingQueue<>();
  private static PubSubEmulator pubSub;
  private static HttpServer function;
  private static AdminServer google;
  private static Terraform terraform;

  @BeforeAll
  static void startGoogle() throws Exception {
    pubSub = PubSubEmulator.start();
    function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    function.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          PUSHED.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    function.start();
    google =
        AdminServer.start(
            Optional.of(pubSub.address()),
            URI.create("http://127.0.0.1:" + function.getAddress().getPort()));
    terraform = Terraform.in(copy, "", google.environment());
  }

  @AfterAll
  static void stopGoogle() throws Exception {
    // For whoever has to find out why one of these fails.
    Files.write(Path.of("target", "google-calls.txt"), google.calls());
    google.close();
    function.stop(0);
    pubSub.close();
  }

  @Test
  @Order(0)
  void withoutTheSecretOfItsKeysThePlanOfACollectorStops() throws Exception {
    Child.Finished planned = run("plan");

    assertThat(planned.exitCode()).isNotZero();
    assertThat(planned.err()).contains("projects/my-project/secrets/write-keys not found");
    google.putSecret("write-keys");
  }

  @Test
  @Order(1)
  void withoutAnImageTheApplyStopsAndSaysWhatToDo() throws Exception {
    Child.Finished applied = run("apply", "-auto-approve");

    assertThat(applied.exitCode()).isNotZero();
    assertThat(applied.err().replaceAll("\\s+", " "))
        .contains("There is no image " + REPOSITORY + "function-storage-to-bigquery:latest")
        .contains("There is no image " + REPOSITORY + "function-http-to-pubsub:latest")
        .contains("Run scripts/deploy")
        .contains("scripts/image --collector push " + REPOSITORY + "function-http-to-pubsub");
    assertThat(google.resources())
        .contains("projects/my-project/locations/europe-west1/repositories/millrace")
        .noneMatch(name -> name.contains("/services/"));
  }

  @Test
  @Order(2)
  void everythingIsCreated() throws Exception {
    google.pushImage(REPOSITORY + "function-http-to-pubsub:latest");
    google.pushImage(REPOSITORY + "function-storage-to-bigquery:latest");

    Child.Finished applied = run("apply", "-auto-approve");

    assertThat(applied.exitCode()).as(applied.err()).isZero();
  }

  @Test
  @Order(3)
  void aSecondPlanIsEmpty() throws Exception {
    Child.Finished planned = run("plan", "-detailed-exitcode");

    assertThat(planned.exitCode()).as(planned.out() + planned.err()).isZero();
  }

  @Test
  @Order(4)
  void pubSubWasToldToWriteBatches() throws Exception {
    JsonNode sent =
        google
            .resource("projects/my-project/subscriptions/push_sub_storage")
            .path("cloudStorageConfig");

    assertThat(sent)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"bucket": "my-project-millrace-landing", "filenamePrefix": "telemetry-",
                     "filenameSuffix": ".avro", "maxDuration": "600s", "maxBytes": 268435456,
                     "avroConfig": {"writeMetadata": true}}
                    """));
  }

  @ParameterizedTest
  @CsvSource({"push_sub_storage, telemetry_data_tera", "millrace-batches, millrace-batches"})
  @Order(4)
  void eachSubscriptionHasItsTopicAndItsDeadLetters(String subscription, String topic)
      throws Exception {
    JsonNode sent = google.resource("projects/my-project/subscriptions/" + subscription);

    assertThat(sent.path("topic").asString()).isEqualTo("projects/my-project/topics/" + topic);
    assertThat(sent.path("deadLetterPolicy").path("deadLetterTopic").asString())
        .isEqualTo("projects/my-project/topics/" + topic + "-dead");
  }

  @Test
  @Order(4)
  void cloudRunWasToldOfTheCollector() throws Exception {
    JsonNode sent =
        google
            .resource("projects/my-project/locations/europe-west1/services/millrace-collector")
            .path("template");

    assertThat(sent.path("volumes"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"name": "write-keys",
                      "secret": {"secret": "write-keys",
                                 "items": [{"path": "write-keys", "version": "latest"}]}}]
                    """));
  }

  @Test
  @Order(4)
  void theSchedulerCallsReconcileOnTheFunction() throws Exception {
    JsonNode sent =
        google
            .resource("projects/my-project/locations/europe-west1/jobs/millrace-reconcile")
            .path("httpTarget");

    assertThat(sent.path("uri").asString())
        .isEqualTo("http://127.0.0.1:" + function.getAddress().getPort() + "/reconcile");
    assertThat(sent.path("oidcToken").path("serviceAccountEmail").asString())
        .isEqualTo("millrace-scheduler@my-project.iam.gserviceaccount.com");
  }

  @Test
  @Order(5)
  void aNoticeOnTheBatchesTopicIsPushedToTheFunction() throws Exception {
    publish("millrace-batches", "{\"name\": \"telemetry-1.avro\"}");

    String pushed = PUSHED.poll(60, TimeUnit.SECONDS);

    assertThat(pushed).as("what was pushed within a minute").isNotNull();
    JsonNode notice = JsonMapper.shared().readTree(pushed);
    assertThat(notice.path("subscription").asString())
        .isEqualTo("projects/my-project/subscriptions/millrace-batches");
    assertThat(notice.path("message").path("data").binaryValue())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"name\": \"telemetry-1.avro\"}");
  }

  @Test
  @Order(6)
  void appsCanPublishToTheTopic() throws Exception {
    assertThat(publish("telemetry_data_tera", "{\"event\": \"Order Completed\"}")).isNotBlank();
  }

  @Test
  @Order(7)
  void anotherWindowIsChangedInPlace() throws Exception {
    Child.Finished applied = run("apply", "-auto-approve", "-var=window_seconds=300");

    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(google.resource("projects/my-project/subscriptions/push_sub_storage").toString())
        .contains("\"maxDuration\":\"300s\"");
    assertThat(applied.out()).contains("0 added").contains("0 destroyed");
  }

  @Test
  @Order(8)
  void otherSettingsRollTheService() throws Exception {
    String before = revision();

    Child.Finished applied =
        run("apply", "-auto-approve", "-var=window_seconds=300", "-var=settings=max_nesting: 2");

    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(revision()).isNotEqualTo(before);
  }

  @Test
  @Order(9)
  void destroyRefusesBeforeAnythingIsTouched() throws Exception {
    List<String> before = google.resources();

    Child.Finished destroyed = run("destroy", "-auto-approve");

    assertThat(destroyed.exitCode()).isNotZero();
    assertThat(destroyed.out() + destroyed.err()).contains("protect_data is true");
    assertThat(google.resources()).isEqualTo(before);
  }

  @Test
  @Order(10)
  void withoutProtectionAllIsDestroyedWithItsData() throws Exception {
    google.putObject("my-project-millrace-landing", "telemetry-1.avro");
    String unprotected = "-var=protect_data=false";
    Child.Finished applied = run("apply", "-auto-approve", unprotected);
    assertThat(applied.exitCode()).as(applied.err()).isZero();

    Child.Finished destroyed = run("destroy", "-auto-approve", unprotected);

    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(google.resources())
        .allMatch(name -> name.startsWith("images/") || name.contains("/secrets/"));
  }

  private static String revision() throws Exception {
    return google
        .resource("projects/my-project/locations/europe-west1/services/millrace-function")
        .path("latestReadyRevision")
        .asString();
  }

  private static Child.Finished run(String command, String... more) throws Exception {
    String[] arguments = new String[2 + VARIABLES.length + more.length];
    arguments[0] = command;
    arguments[1] = "-input=false";
    System.arraycopy(VARIABLES, 0, arguments, 2, VARIABLES.length);
    System.arraycopy(more, 0, arguments, 2 + VARIABLES.length, more.length);
    return terraform.run(arguments);
  }

  private static String publish(String topic, String payload) throws Exception {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(pubSub.address()).usePlaintext().build();
    Publisher publisher =
        Publisher.newBuilder(TopicName.of(AdminServer.PROJECT, topic))
            .setChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try {
      return publisher
          .publish(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(payload)).build())
          .get(60, TimeUnit.SECONDS);
    } finally {
      publisher.shutdown();
      publisher.awaitTermination(10, TimeUnit.SECONDS);
      channel.shutdownNow();
    }
  }
}
