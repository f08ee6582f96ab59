package dev.millrace.publisher.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.UnavailableException;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.TransportException;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PubSubTransportTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private FakePubSub pubSub;

  @BeforeEach
  void start() throws IOException {
    pubSub = new FakePubSub();
  }

  @AfterEach
  void stop() {
    pubSub.close();
  }

  private PubSubTransportBuilder transport() {
    return new PubSubTransportBuilder("project", "topic", Map.of()).endpoint(pubSub.endpoint());
  }

  private static Delivery deliveryOf(Publication publication) throws Exception {
    return publication.delivery().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Delivery.Dropped dropOf(Publisher publisher) throws Exception {
    Publication publication = publisher.track("e", null);
    publisher.flush(LONG);
    return (Delivery.Dropped) deliveryOf(publication);
  }

  @Test
  void close_after20000Events_all20000AreDelivered() {
    Publisher publisher = Publisher.builder(transport().build()).maxQueuedEvents(20_000).build();
    for (int i = 0; i < 20_000; i++) {
      publisher.track("Order Completed", Map.of("number", i));
    }
    DeliveryReport report = publisher.close(LONG);
    assertThat(report.delivered()).isEqualTo(20_000);
    assertThat(pubSub.messages.stream().map(message -> message.getData()).distinct())
        .hasSize(20_000);
  }

  @Test
  void requests_carryManyEventsAndAreCompressed() {
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      for (int i = 0; i < 5_000; i++) {
        publisher.track("Order Completed", Map.of("number", i));
      }
    }
    assertThat(pubSub.requestSizes).hasSizeLessThan(500).allMatch(size -> size <= 1_000);
    assertThat(pubSub.encodings).contains("gzip");
  }

  @Test
  void largestEvent_arrivesWhole() {
    byte[] payload = "x".repeat(Publisher.MAX_EVENT_BYTES).getBytes(StandardCharsets.UTF_8);
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      publisher.publishRaw(payload);
    }
    assertThat(pubSub.messages.get(0).getData().toByteArray()).isEqualTo(payload);
  }

  @Test
  void send_carriesTheAttributes() throws Exception {
    PubSubTransport transport = transport().build();
    transport
        .send(new byte[] {1}, Map.of("key", "value"))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    transport.close(LONG);
    assertThat(pubSub.messages.get(0).getAttributesMap()).isEqualTo(Map.of("key", "value"));
  }

  @Test
  void emulatorVariable_namesTheEndpoint() throws Exception {
    PubSubTransport transport =
        new PubSubTransportBuilder(
                "project", "topic", Map.of("PUBSUB_EMULATOR_HOST", pubSub.endpoint()))
            .build();
    try (Publisher publisher = Publisher.builder(transport).build()) {
      assertThat(deliveryOf(publisher.track("e", null))).isInstanceOf(Delivery.Delivered.class);
    }
  }

  @Test
  void passingFailure_isRetried() throws Exception {
    pubSub.failingNextWith(Status.UNAVAILABLE);
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      assertThat(deliveryOf(publisher.track("e", null))).isInstanceOf(Delivery.Delivered.class);
    }
  }

  @Test
  void missingTopic_isDroppedWithTheCommandThatCreatesIt() throws Exception {
    pubSub.failingNextWith(Status.NOT_FOUND);
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      assertThat(dropOf(publisher).detail())
          .isEqualTo(
              "The topic projects/project/topics/topic isn't there. Create it with `gcloud pubsub"
                  + " topics create topic --project=project`, or check both names.");
    }
  }

  @Test
  void oneBadMessageAmongMany_isDroppedAlone() throws Exception {
    pubSub.refusing(message -> message.getData().toStringUtf8().contains("wrong"));
    Publisher publisher = Publisher.builder(transport().build()).build();
    for (int i = 0; i < 100; i++) {
      publisher.track("good", null);
    }
    Publication bad = publisher.track("wrong", null);
    assertThat(((Delivery.Dropped) deliveryOf(bad)).reason()).isEqualTo(Delivery.Reason.REJECTED);
    DeliveryReport report = publisher.close(LONG);
    assertThat(report)
        .isEqualTo(
            new DeliveryReport(101, 100, Map.of(Delivery.Reason.REJECTED, 1L), Map.of(), 0, 0));

    assertThat(pubSub.messages).hasSize(100);
  }

  @Test
  void packed_manyEventsShareAMessage_andEachIsDelivered() throws Exception {
    Publisher publisher =
        Publisher.builder(transport().packed().build()).maxQueuedEvents(5_000).build();
    for (int i = 0; i < 5_000; i++) {
      publisher.track("Order Completed", Map.of("number", i));
    }
    DeliveryReport report = publisher.close(LONG);
    assertThat(report.delivered()).isEqualTo(5_000);
    assertThat(pubSub.messages).hasSizeLessThan(100);
    long events = 0;
    for (PubsubMessage message : pubSub.messages) {
      assertThat(message.getAttributesMap()).isEqualTo(Map.of("millrace-pack", "gzip-jsonl-1"));
      events += linesOf(message).size();
      assertThat(linesOf(message)).hasSizeLessThanOrEqualTo(1_000);
    }
    assertThat(events).isEqualTo(5_000);
  }

  private static List<String> linesOf(PubsubMessage message) throws IOException {
    try (InputStream packed = new GZIPInputStream(message.getData().newInput())) {
      return new String(packed.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void packed_oneEventOrOneOfSeveralLines_travelsAsItIs() throws Exception {
    Publisher publisher = Publisher.builder(transport().packed().build()).build();
    byte[] lines = "{}\n{}".getBytes(StandardCharsets.UTF_8);
    assertThat(deliveryOf(publisher.publishRaw(lines))).isInstanceOf(Delivery.Delivered.class);
    assertThat(deliveryOf(publisher.track("e", null))).isInstanceOf(Delivery.Delivered.class);
    publisher.close(LONG);
    assertThat(pubSub.messages).hasSize(2).allMatch(message -> message.getAttributesCount() == 0);
  }

  @Test
  void packed_whenPubSubRefusesThePack_theEventAtFaultIsDroppedAlone() throws Exception {
    pubSub.refusing(
        message ->
            message.getAttributesCount() > 0 || message.getData().toStringUtf8().contains("wrong"));
    Publisher publisher = Publisher.builder(transport().packed().build()).build();
    for (int i = 0; i < 10; i++) {
      publisher.track("good", null);
    }
    publisher.track("wrong", null);
    DeliveryReport report = publisher.close(LONG);
    assertThat(report.delivered()).isEqualTo(10);
    assertThat(report.dropped()).isEqualTo(Map.of(Delivery.Reason.REJECTED, 1L));
  }

  @Test
  void packed_eventsOfUnlikeAttributes_dontShareAMessage() throws Exception {
    PubSubTransport transport = transport().packed().build();
    transport.send(new byte[] {'1'}, Map.of("k", "a"));
    transport.send(new byte[] {'2'}, Map.of("k", "a"));
    transport.send(new byte[] {'3'}, Map.of("k", "b"));
    transport
        .send(new byte[] {'4'}, Map.of("k", "b"))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    transport.close(LONG);
    assertThat(pubSub.messages)
        .extracting(message -> message.getAttributesMap().get("k"))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void refusedAccess_isDroppedWithTheRoleThatIsNeeded() throws Exception {
    pubSub.failingNextWith(Status.PERMISSION_DENIED);
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      assertThat(dropOf(publisher).detail()).contains("roles/pubsub.publisher");
    }
  }

  @Test
  void unavailableEndpoint_isNamed() {
    PubSubFailures failures =
        new PubSubFailures(TopicName.of("project", "topic"), "localhost:8085");
    assertThat(
            failures.explain(
                new UnavailableException(null, GrpcStatusCode.of(Status.Code.UNAVAILABLE), true)))
        .hasMessage("Nobody answered at localhost:8085 for projects/project/topics/topic in time.");
  }

  @Test
  void totalTimeoutBelowTheLeast_isRefused() {
    assertThatThrownBy(() -> transport().totalTimeout(Duration.ofSeconds(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("totalTimeout < 10 s: PT9S");
  }

  @Test
  void close_endpointThatNeverAnswers_keepsTheDeadlineAndReports() {
    pubSub.neverAnswering();
    Publisher publisher = Publisher.builder(transport().build()).build();
    publisher.track("e", null);
    long start = System.nanoTime();
    DeliveryReport report = publisher.close(Duration.ofSeconds(1));
    assertThat(report.dropped()).isEqualTo(Map.of(Delivery.Reason.OUT_OF_TIME, 1L));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void missingCredentials_sayWhatToDo() {
    PubSubTransportBuilder builder =
        new PubSubTransportBuilder("project", "topic", Map.of())
            .credentials(
                () -> {
                  throw new IOException("none");
                });
    assertThatThrownBy(builder::build)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("gcloud auth application-default login")
        .hasMessageContaining("PUBSUB_EMULATOR_HOST");
  }

  @Test
  void endpointWithoutPort_isRefused() {
    assertThatThrownBy(() -> transport().endpoint("localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not host:port, such as localhost:8085: localhost");
  }
}
