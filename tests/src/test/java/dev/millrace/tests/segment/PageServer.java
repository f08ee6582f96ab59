package dev.millrace.tests.segment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Serves the page and the library to a browser, and hears how it went. */
final class PageServer implements AutoCloseable {
  private final HttpServer server;
  private final Path page;
  private final Path library;
  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  /**
   * @param library the folder of the library's scripts
   */
  PageServer(Path page, Path library) throws IOException {
    this.page = page;
    this.library = library;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The page, as told what to do. */
  URI address(Map<String, Object> wanted) {
    String query =
        wanted.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue().toString(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create(
        "http://127.0.0.1:%d/page.html?%s".formatted(server.getAddress().getPort(), query));
  }

  /** What the page says of its events. */
  CompletableFuture<String> outcome() {
    return outcome;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/done")) {
        outcome.complete(exchange.getRequestURI().getQuery());
      }
      Path file =
          path.startsWith("/ajs/") && !path.contains("..")
              ? library.resolve(path.substring("/ajs/".length()))
              : page;
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] content = Files.readAllBytes(file);
      exchange
          .getResponseHeaders()
          .set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
