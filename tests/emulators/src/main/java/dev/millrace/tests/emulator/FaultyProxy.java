package dev.millrace.tests.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP proxy in front of one server on this machine, which loses requests and answers as a test
 * plans it. Bodies are held in memory.
 */
public final class FaultyProxy implements AutoCloseable {
  /** Headers of one connection, and those that the sending side writes itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

  private final String target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FaultyProxy::daemon);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<FaultPlan.Request> requests = new CopyOnWriteArrayList<>();
  private final ResumableUploads uploads = new ResumableUploads();
  private final CountDownLatch closed = new CountDownLatch(1);
  private FaultPlan plan = FaultPlan.NO_FAULTS;
  private int numbered;

  private FaultyProxy(String target, HttpServer server) {
    this.target = target;
    this.server = server;
  }

  /**
   * Starts a proxy without faults.
   *
   * @param target the server's address, such as {@code http://127.0.0.1:4443}
   */
  public static FaultyProxy before(String target) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FaultyProxy proxy = new FaultyProxy(target, server);
    server.setExecutor(proxy.threads);
    server.createContext("/", proxy::handle);
    server.start();
    return proxy;
  }

  /** The proxy's address, to be used in the place of the server's. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on disturbs requests by this plan, counts them from 0 and remembers no older ones. */
  public synchronized void follow(FaultPlan next) {
    plan = next;
    numbered = 0;
    requests.clear();
  }

  /** What has come under the plan so far, in order. */
  public List<FaultPlan.Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closing the exchange with no answer given cuts the connection.
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Fault fault = faultOf(exchange);
      if (fault instanceof Fault.CutBefore) {
        return;
      }
      if (fault instanceof Fault.Answer own) {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        answer(exchange, own.status(), own.body().getBytes(StandardCharsets.UTF_8));
        return;
      }
      String target = exchange.getRequestURI().toString();
      String range = exchange.getRequestHeaders().getFirst("Content-Range");
      boolean question = uploads.isQuestion(target, range);
      HttpResponse<byte[]> answer = question ? uploads.finalAnswer(target) : passOn(exchange, body);
      if (answer == null) {
        answerIncomplete(exchange, uploads.lastByte(target));
        return;
      }
      uploads.answered(target, range, answer);
      if (fault instanceof Fault.CutAfter) {
        return;
      }
      if (fault instanceof Fault.Delay delay && holdBack(delay.by())) {
        return;
      }
      passBack(exchange, answer, fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Fault faultOf(HttpExchange exchange) {
    FaultPlan.Request request =
        new FaultPlan.Request(
            numbered, exchange.getRequestMethod(), exchange.getRequestURI().toString());
    numbered++;
    requests.add(request);
    return plan.of(request);
  }

  private boolean holdBack(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void passBack(HttpExchange exchange, HttpResponse<byte[]> answer, Fault fault)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                values.forEach(value -> headers.add(name, value.replace(target, url())));
              }
            });
    byte[] body = answer.body();
    if (fault instanceof Fault.CutWithin cut && cut.bytes() < body.length) {
      exchange.sendResponseHeaders(answer.statusCode(), body.length);
      exchange.getResponseBody().write(body, 0, cut.bytes());
      exchange.getResponseBody().flush();
      return;
    }
    answer(exchange, answer.statusCode(), body);
  }

  private static void answerIncomplete(HttpExchange exchange, OptionalLong lastByte)
      throws IOException {
    lastByte.ifPresent(last -> exchange.getResponseHeaders().set("Range", "bytes=0-" + last));
    exchange.sendResponseHeaders(ResumableUploads.INCOMPLETE, -1);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT)) && !header.startsWith(":");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
