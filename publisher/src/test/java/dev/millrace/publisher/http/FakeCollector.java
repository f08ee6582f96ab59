package dev.millrace.publisher.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A collector on loopback that answers as a test wants. */
final class FakeCollector implements AutoCloseable {
  /** An answer. */
  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }
  }

  /** A request. */
  record Received(String path, Map<String, String> headers, JsonNode body) {
    List<String> names() {
      List<String> names = new ArrayList<>();
      body.get("batch").forEach(event -> names.add(event.path("event").asString()));
      return names;
    }
  }

  static final Answer OK = Answer.of(200, "{\"success\":true}");

  final List<Received> requests = new CopyOnWriteArrayList<>();
  private final Deque<Answer> next = new ConcurrentLinkedDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Received, Answer> behaviour = request -> OK;

  FakeCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FakeCollector answeringNext(Answer answer) {
    next.add(answer);
    return this;
  }

  FakeCollector answering(Function<Received, Answer> how) {
    behaviour = how;
    return this;
  }

  Collection<String> accepted() {
    return requests.stream().flatMap(request -> request.names().stream()).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
      Received received =
          new Received(
              exchange.getRequestURI().toString(),
              Map.of(
                  "Authorization",
                      String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                  "Content-Type",
                      String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                  "X-Retry-Count",
                      String.valueOf(exchange.getRequestHeaders().getFirst("X-Retry-Count"))),
              JsonMapper.shared().readTree(body));
      requests.add(received);
      Answer planned = next.poll();
      Answer answer = planned == null ? behaviour.apply(received) : planned;
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
