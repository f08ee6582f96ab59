package dev.millrace.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.publisher.ByteCount;
import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Outcome;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HttpTransportTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private FakeCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = new FakeCollector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  private HttpTransportBuilder transport() {
    return HttpTransport.builder(collector.address(), "key")
        .firstPause(Duration.ofMillis(1))
        .clock(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  }

  private static Delivery deliveryOf(Publication publication) throws Exception {
    return publication.delivery().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static FakeCollector.Answer answer(int status, String body) {
    return FakeCollector.Answer.of(status, body);
  }

  @Test
  void batch_isWhatSegmentsApiTakes() {
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      publisher.track("a");
      publisher.track("b");
    }
    assertThat(collector.accepted()).containsExactly("a", "b");
    FakeCollector.Received request = collector.requests.get(0);
    assertThat(request.path()).isEqualTo("/v1/batch");
    assertThat(request.headers())
        .containsEntry("Authorization", "Basic a2V5Og==")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Retry-Count", "null");
    assertThat(request.body().get("sentAt").asString()).isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void addressWithPath_keepsIt() {
    HttpTransport transport =
        HttpTransport.builder(URI.create(collector.address() + "/events/"), "key").build();
    try (Publisher publisher = Publisher.builder(transport).build()) {
      publisher.track("a");
    }
    assertThat(collector.requests.get(0).path()).isEqualTo("/events/v1/batch");
  }

  @Test
  void close_after20000Events_all20000AreThere_inBatchesWithinTheLimits() {
    Publisher publisher = Publisher.builder(transport().build()).maxQueuedEvents(20_000).build();
    IntStream.range(0, 20_000)
        .forEach(i -> publisher.track("e" + i, Map.of("text", "x".repeat(500))));
    assertThat(publisher.close(LONG))
        .isEqualTo(new DeliveryReport(20_000, 20_000, Map.of(), Map.of(), 0, 0));
    assertThat(collector.accepted()).hasSize(20_000).doesNotHaveDuplicates();
    assertThat(collector.requests)
        .allSatisfy(
            request -> {
              assertThat(request.body().toString().length()).isLessThanOrEqualTo(500_000);
              assertThat(request.body().get("batch").size()).isLessThanOrEqualTo(1_000);
            });
    assertThat(collector.requests).hasSizeLessThan(60);
  }

  @Test
  void eventOver32Kib_isRefusedAtTheCallWithSizeAndLimit() {
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      Outcome.Refused refused =
          (Outcome.Refused) publisher.track("e", Map.of("t", "x".repeat(32_768))).outcome();
      assertThat(refused.reason()).isEqualTo(Outcome.Reason.TOO_LARGE);
      assertThat(refused.detail()).endsWith("an event may have 32768.");
    }
  }

  @Test
  void refusedItems_areDroppedWithTheirReason_andTheOthersAreDelivered() throws Exception {
    collector.answeringNext(
        answer(
            400,
            "{\"code\":\"partly_refused\",\"message\":\"1 of 3\",\"errors\":[{\"index\":1,\"code\":"
                + "\"no_user_anon_id\",\"message\":\"userId or anonymousId is needed\"}]}"));
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      Publication a = publisher.track("a");
      Publication b = publisher.track("b");
      Publication c = publisher.track("c");
      assertThat(deliveryOf(a)).isEqualTo(new Delivery.Delivered(""));
      assertThat(deliveryOf(c)).isEqualTo(new Delivery.Delivered(""));
      assertThat(deliveryOf(b))
          .isEqualTo(
              new Delivery.Dropped(
                  Delivery.Reason.REJECTED,
                  "The collector at "
                      + collector.address()
                      + "/v1/batch refuses the event: no_user_anon_id userId or anonymousId is"
                      + " needed"));
    }
    assertThat(collector.requests).hasSize(1);
  }

  @Test
  void refusedBatch_isSplitUntilTheEventAtFaultIsAlone() throws Exception {
    collector.answering(
        request ->
            request.names().contains("bad")
                ? answer(400, "{\"code\":\"malformed\",\"message\":\"malformed\"}")
                : FakeCollector.OK);
    Publisher publisher = Publisher.builder(transport().build()).build();
    IntStream.range(0, 30).forEach(i -> publisher.track("good"));
    Publication bad = publisher.track("bad");
    assertThat(deliveryOf(bad)).isInstanceOf(Delivery.Dropped.class);
    DeliveryReport report = publisher.close(LONG);
    assertThat(report.delivered()).isEqualTo(30);
    assertThat(report.dropped()).isEqualTo(Map.of(Delivery.Reason.REJECTED, 1L));
  }

  @Test
  void busyCollector_isTriedAgainAsItAsks() throws Exception {
    collector
        .answeringNext(new FakeCollector.Answer(429, "", Map.of("Retry-After", "1")))
        .answeringNext(answer(503, "{\"message\":\"Pub/Sub is down\"}"))
        .answeringNext(answer(500, "no json"));
    long start = System.nanoTime();
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      assertThat(deliveryOf(publisher.track("e"))).isEqualTo(new Delivery.Delivered(""));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(collector.requests)
        .extracting(request -> request.headers().get("X-Retry-Count"))
        .containsExactly("null", "1", "2", "3");
    assertThat(collector.requests.stream().map(FakeCollector.Received::body).distinct()).hasSize(1);
  }

  @Test
  void unknownWriteKey_isDroppedWithoutTryingAgain_andTheKeyIsNotSaid() throws Exception {
    collector.answeringNext(answer(401, "{\"code\":\"unknown_key\",\"message\":\"no such key\"}"));
    try (Publisher publisher = Publisher.builder(transport().build()).build()) {
      Delivery.Dropped dropped = (Delivery.Dropped) deliveryOf(publisher.track("e"));
      assertThat(dropped)
          .isEqualTo(
              new Delivery.Dropped(
                  Delivery.Reason.NOT_DELIVERED,
                  "The collector at "
                      + collector.address()
                      + "/v1/batch doesn't know the write key (it answered 401: no such key)."));
    }
    assertThat(collector.requests).hasSize(1);
  }

  @Test
  void collectorThatIsAway_dropsWhenTheTotalTimeIsUp() throws Exception {
    collector.close();
    try (Publisher publisher =
        Publisher.builder(transport().totalTimeout(Duration.ofMillis(200)).build()).build()) {
      Delivery.Dropped dropped = (Delivery.Dropped) deliveryOf(publisher.track("e"));
      assertThat(dropped.reason()).isEqualTo(Delivery.Reason.NOT_DELIVERED);
      assertThat(dropped.detail()).contains("didn't take the event in time: nobody answered");
    }
  }

  @Test
  void close_collectorThatIsAway_keepsTheDeadlineAndReports() {
    collector.close();
    Publisher publisher = Publisher.builder(transport().build()).build();
    IntStream.range(0, 9_000).forEach(i -> publisher.track("e"));
    long start = System.nanoTime();
    DeliveryReport report = publisher.close(Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(report.droppedTotal()).isEqualTo(9_000);
  }

  @Test
  void addressThatIsNone_isRefused() {
    assertThatThrownBy(() -> HttpTransport.to(URI.create("collect.example.com"), "key"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not an http or https address, such as https://collect.example.com:"
                + " collect.example.com");
  }

  @Test
  void maxEventBytes_isASetting() {
    assertThat(transport().maxEventBytes(ByteCount.kibibytes(64)).build().maxEventBytes())
        .isEqualTo(ByteCount.kibibytes(64));
  }
}
