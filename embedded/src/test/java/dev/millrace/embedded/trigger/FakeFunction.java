package dev.millrace.embedded.trigger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that keeps the bodies it gets, and fails or holds them back on demand. */
public final class FakeFunction implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private volatile String contentType;

  public FakeFunction() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers with these statuses first, then with 200. */
  public FakeFunction answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  /** Holds back every answer until {@link #release}. */
  public FakeFunction holding() {
    gate.drainPermits();
    return this;
  }

  public void release() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public List<byte[]> bodies() {
    return bodies;
  }

  public int open() {
    return open.get();
  }

  public int mostOpen() {
    return mostOpen.get();
  }

  public String contentType() {
    return contentType;
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    bodies.add(exchange.getRequestBody().readAllBytes());
    contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    gate.acquireUninterruptibly();
    gate.release();
    open.decrementAndGet();
    Integer status = answers.poll();
    exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdown();
  }
}
