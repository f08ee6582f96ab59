package dev.millrace.tests.bigquery;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** As much of Cloud Storage's JSON API as a load job needs: objects' content. */
final class ObjectServer implements AutoCloseable {
  private static final String BUCKET = "staging";

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final HttpServer server;

  ObjectServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "object-server");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/storage/v1/b/" + BUCKET + "/o/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] content = objects.get(path.substring(path.indexOf("/o/") + 3));
          exchange.sendResponseHeaders(
              content == null ? 404 : 200,
              content == null || content.length == 0 ? -1 : content.length);
          if (content != null) {
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stores an object and returns its URI. */
  String put(String name, byte[] content) {
    objects.put(name, content);
    return uri(name);
  }

  String put(String name, String... lines) {
    return put(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static String uri(String name) {
    return "gs://" + BUCKET + "/" + name;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
