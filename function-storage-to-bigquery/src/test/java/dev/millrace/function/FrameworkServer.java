package dev.millrace.function;

import com.google.cloud.functions.invoker.runner.Invoker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The real functions framework around one function. */
final class FrameworkServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Invoker invoker;
  private final int port;

  FrameworkServer(Class<?> function, String signature) throws Exception {
    port = freePort();
    invoker = new Invoker(port, function.getName(), signature, function.getClassLoader());
    invoker.startTestServer();
  }

  /**
   * The framework shares its port with whoever asks for it too, so it can't be trusted to find a
   * free one.
   */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  HttpResponse<String> post(String body, Map<String, String> headers) throws Exception {
    return send("POST", "/", body, headers);
  }

  HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    try {
      invoker.stopServer();
    } catch (Exception e) {
      throw new IllegalStateException("The framework's server doesn't stop", e);
    }
  }
}
