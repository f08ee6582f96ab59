package dev.millrace.collector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.collector.http.Reply;
import dev.millrace.collector.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A collector behind the JDK's own HTTP server, with 4,000 connections at most. A request has 20 s
 * to arrive with all its headers and its body.
 */
public final class CollectorServer implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(CollectorServer.class.getName());
  private static final int MOST_WAITING = 1_024;
  private static final int GRACE_SECONDS = 10;

  /** Read once by the JDK, before the first server of the process is made. */
  static {
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "40");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "100");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "65536");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    System.setProperty("jdk.httpserver.maxConnections", "4000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Collector collector;
  private final AtomicInteger underWay = new AtomicInteger();

  private CollectorServer(HttpServer server, ExecutorService threads, Collector collector) {
    this.server = server;
    this.threads = threads;
    this.collector = collector;
  }

  /**
   * Starts it.
   *
   * @param collector closed with the server
   * @throws java.net.BindException if the address is in use
   */
  public static CollectorServer start(InetSocketAddress address, Collector collector)
      throws IOException {
    Objects.requireNonNull(collector, "collector");
    HttpServer server = HttpServer.create(address, MOST_WAITING);
    ExecutorService threads = RequestThreads.start();
    CollectorServer started = new CollectorServer(server, threads, collector);
    server.setExecutor(threads);
    server.createContext("/", started::answer);
    server.start();
    return started;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) {
    underWay.incrementAndGet();
    try (exchange) {
      Reply reply = collector.handle(new ExchangeRequest(exchange));
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.bytes();
      if (body.length > 0) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "a connection broke", e);
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Takes no more requests, answers those that are under way, and closes the collector. */
  @Override
  public void close() {
    server.stop(underWay.get() == 0 ? 0 : GRACE_SECONDS);
    threads.shutdown();
    collector.close();
  }

  private record ExchangeRequest(HttpExchange exchange) implements Request {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String path() {
      return exchange.getRequestURI().getRawPath();
    }

    @Override
    public List<String> headers(String name) {
      return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    @Override
    public InputStream body() {
      return exchange.getRequestBody();
    }

    @Override
    public Optional<String> peer() {
      return Optional.of(exchange.getRemoteAddress().getAddress().getHostAddress());
    }
  }
}
