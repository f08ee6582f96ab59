package dev.millrace.tests.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.tests.process.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In front of a server that answers each request with what it was sent. */
class FaultyProxyTest {
  private static final String UPLOAD = "/upload?upload_id=u1";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private FaultyProxy proxy;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::echo);
    server.start();
    proxy = FaultyProxy.before("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
  }

  @Test
  void requestAndAnswer_arePassedOnAsTheyAre() throws Exception {
    status = 418;

    HttpResponse<String> answer = send("/a/b?c=%20d", "body", "X-Asked", "yes");

    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("POST /a/b?c=%20d body");
    assertThat(answer.headers().firstValue("X-Answered")).hasValue("yes");
  }

  @Test
  void addressesOfTheServerInAnswers_becomeTheProxys() throws Exception {
    assertThat(send("/a", "").headers().firstValue("Location")).hasValue(proxy.url() + "/next");
  }

  @Test
  void aRequestCutBefore_neverReachesTheServer() {
    proxy.follow(FaultPlan.always(request -> true, Fault.CUT_BEFORE));

    assertThatThrownBy(() -> send("/a", "")).isInstanceOf(IOException.class);

    assertThat(done).isEmpty();
  }

  @Test
  void aRequestCutAfter_isDone_andItsAnswerLost() {
    proxy.follow(FaultPlan.always(request -> true, Fault.CUT_AFTER));

    assertThatThrownBy(() -> send("/a", "")).isInstanceOf(IOException.class);

    assertThat(done).contains("POST /a ");
  }

  @Test
  void anAnswerCutWithin_endsBeforeItsLength() {
    proxy.follow(FaultPlan.always(request -> true, new Fault.CutWithin(3)));

    assertThatThrownBy(() -> send("/a", "")).isInstanceOf(IOException.class);

    assertThat(done).contains("POST /a ");
  }

  @Test
  void anAnswerOfItsOwn_reachesNoServer() throws Exception {
    proxy.follow(FaultPlan.always(request -> true, Fault.answer(429, "rateLimitExceeded")));

    HttpResponse<String> answer = send("/a", "");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("\"reason\": \"rateLimitExceeded\"");
    assertThat(done).isEmpty();
  }

  @Test
  void aDelayedAnswer_isLostWhereTheProxyEndsFirst() throws Exception {
    proxy.follow(FaultPlan.always(request -> true, new Fault.Delay(Duration.ofHours(1))));

    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request("/a", ""), BodyHandlers.ofString());
    Eventually.until("the server has the request", Duration.ofSeconds(30), () -> !done.isEmpty());
    proxy.close();

    assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aFaultThatComesOnce_leavesTheNextRequestAlone() throws Exception {
    proxy.follow(FaultPlan.once(request -> request.number() == 1, Fault.answer(503, "backend")));

    assertThat(send("/a", "").statusCode()).isEqualTo(200);
    assertThat(send("/b", "").statusCode()).isEqualTo(503);
    assertThat(send("/c", "").statusCode()).isEqualTo(200);
    assertThat(proxy.requests())
        .extracting(FaultPlan.Request::target)
        .containsExactly("/a", "/b", "/c");
  }

  @Test
  void howFarAnUploadIs_isAnsweredFromTheChunksThatTheServerTook() throws Exception {
    assertThat(question().headers().firstValue("Range")).isEmpty();

    status = 308;
    send(UPLOAD, "chunk", "Content-Range", "bytes 0-9/*");

    assertThat(question().statusCode()).isEqualTo(308);
    assertThat(question().headers().firstValue("Range")).hasValue("bytes=0-9");
    assertThat(done).hasSize(1);
  }

  @Test
  void howFarAFinishedUploadIs_isAnsweredAsItsEndWas() throws Exception {
    send(UPLOAD, "last chunk", "Content-Range", "bytes 0-9/10");

    HttpResponse<String> answer = question();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).endsWith("last chunk");
    assertThat(done).hasSize(1);
  }

  private HttpResponse<String> question() throws Exception {
    return send(UPLOAD, "", "Content-Range", "bytes */*");
  }

  private HttpResponse<String> send(String target, String body, String... headers)
      throws Exception {
    return client.send(request(target, body, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String target, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(proxy.url() + target))
            .timeout(Duration.ofMinutes(1))
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String seen =
          "%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body);
      exchange.getResponseHeaders().set("X-Answered", "yes");
      exchange
          .getResponseHeaders()
          .set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/next");
      byte[] answer = seen.getBytes(StandardCharsets.UTF_8);
      done.add(seen);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
