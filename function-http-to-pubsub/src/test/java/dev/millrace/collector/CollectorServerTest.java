package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.collector.topic.TopicFullException;
import dev.millrace.publisher.Delivery;
import dev.millrace.publisher.DeliveryReport;
import dev.millrace.publisher.Publication;
import dev.millrace.publisher.Publisher;
import dev.millrace.publisher.Tracker;
import dev.millrace.publisher.http.HttpTransport;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Over a real connection: our own publisher, and clients that misbehave. */
@Timeout(120)
class CollectorServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Fixture fixture = new Fixture();
  private CollectorServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        CollectorServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), fixture.collector);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private Publisher publisher(String key) {
    return Publisher.builder(HttpTransport.to(address(), key)).build();
  }

  private Map<String, JsonNode> eventsByType() {
    return fixture.events.messages.stream()
        .map(FakeTopic.Message::json)
        .collect(Collectors.toMap(event -> event.path("type").asString("none"), event -> event));
  }

  @Test
  void everyCallOfThePublisherIsTaken() throws Exception {
    DeliveryReport report;
    try (Publisher publisher = publisher(Fixture.KEY)) {
      Tracker shopper = publisher.forUser("u-1").withAnonymous("a-1");
      shopper.track("Order Completed", Map.of("total", 12.5));
      shopper.identify(Map.of("plan", "pro"));
      shopper.page("Checkout", null);
      shopper.screen("Home", Map.of("tab", 1));
      shopper.group("g-1", Map.of("seats", 3));
      shopper.alias("a-0");
      publisher.publish(Map.of("event", "Plain", "properties", List.of(1, 2)));
      report = publisher.close(PATIENCE);
    }

    assertThat(report.delivered()).isEqualTo(7);
    Map<String, JsonNode> events = eventsByType();
    assertThat(events.keySet())
        .isEqualTo(Set.of("track", "identify", "page", "screen", "group", "alias", "none"));
    assertThat(events.get("track").at("/properties/total").asDouble()).isEqualTo(12.5);
    assertThat(events.get("alias").path("previousId").asString()).isEqualTo("a-0");
    assertThat(events.values())
        .allSatisfy(
            event -> {
              assertThat(event.path("source").asString()).isEqualTo("shop");
              assertThat(event.path("messageId").asString()).isNotBlank();
              assertThat(event.path("sentAt").isString()).isTrue();
            });
  }

  @Test
  void thePublisherSendsAgainWhatTheTopicDidNotTakeAndNothingIsLost() {
    fixture.events.failingNextWith(new TopicFullException(null));
    try (Publisher publisher = publisher(Fixture.KEY)) {
      publisher.track("Order Completed", Map.of("total", 1));

      assertThat(publisher.close(PATIENCE).delivered()).isEqualTo(1);
    }
  }

  @Test
  void thePublisherDropsOnlyWhatIsRefused() throws Exception {
    Publication large;
    Publication good;
    try (Publisher publisher =
        Publisher.builder(
                HttpTransport.builder(address(), Fixture.KEY)
                    .maxEventBytes(dev.millrace.publisher.ByteCount.kibibytes(64))
                    .build())
            .build()) {
      large = publisher.track("Large", Map.of("filler", "x".repeat(40_000)));
      good = publisher.track("Good", null);
      publisher.close(PATIENCE);
    }

    assertThat(large.delivery().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Delivery.Dropped.class);
    assertThat(good.delivery().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Delivery.Delivered.class);
    assertThat(fixture.deadLetters.messages).hasSize(1);
  }

  @Test
  void aWrongKeyDropsWithoutAnotherTry() {
    try (Publisher publisher = publisher("wrong")) {
      publisher.track("Order Completed", null);

      assertThat(publisher.close(PATIENCE).delivered()).isZero();
    }
    assertThat(fixture.collector.tally().requests()).isEqualTo(1);
  }

  @Test
  void theSenderOfABodyThatIsFarTooLargeSeesTheReply() throws Exception {
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address().resolve("/v1/batch"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4 << 20]))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("body_too_large");
  }

  @Test
  void aChunkedBodyInGzipIsTaken() throws Exception {
    byte[] body =
        FakeRequest.gzip(
            "{\"batch\":[{}],\"writeKey\":\"the-key\"}".getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address().resolve("/v1/b"))
                    .header("Content-Type", "text/plain")
                    .header("Content-Encoding", "gzip")
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new java.io.ByteArrayInputStream(body)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(fixture.events.messages).hasSize(1);
  }

  @Test
  void manyClientsThatStallKeepNobodyElseWaiting() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        stalled.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(
            "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      try (Publisher publisher = publisher(Fixture.KEY)) {
        publisher.track("Order Completed", null);

        assertThat(publisher.close(PATIENCE).delivered()).isEqualTo(1);
      }
      for (Socket socket : stalled) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(isEnded(socket)).isTrue();
      }
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void headersThatAreTooManyOrTooLargeAreNotHeard() throws Exception {
    String many =
        IntStream.range(0, 200).mapToObj(i -> "X-" + i + ": x\r\n").collect(Collectors.joining());

    assertThat(answerTo(many)).doesNotContain(" 200 ");
    assertThat(answerTo("X-Filler: " + "x".repeat(200_000) + "\r\n")).doesNotContain(" 200 ");
    assertThat(answerTo("X-Filler: x\r\n")).contains(" 200 ");
  }

  private String answerTo(String headers) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(headers);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      } catch (java.net.SocketException e) {
        return "";
      }
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.io.IOException e) {
      return true;
    }
  }
}
