package dev.millrace.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.cloud.functions.invoker.runner.Invoker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/** The function behind the functions framework's own server. */
class HttpEntryTest {
  private static final Fixture FIXTURE = new Fixture();

  /** As the framework would make it, over topics in memory. */
  public static final class Function implements HttpFunction {
    private final HttpEntry entry = new HttpEntry(FIXTURE.collector);

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
      entry.service(request, response);
    }
  }

  @Test
  void aCallOverTheFrameworkIsAnsweredAsSegmentWould() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Invoker invoker =
        new Invoker(port, Function.class.getName(), "http", HttpEntryTest.class.getClassLoader());
    invoker.startTestServer();
    try {
      java.net.http.HttpResponse<String> reply =
          HttpClient.newHttpClient()
              .send(
                  java.net.http.HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + port + "/v1/batch"))
                      .header("Content-Encoding", "gzip")
                      .header("Origin", "https://shop.example.com")
                      .POST(
                          java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                              FakeRequest.gzip(
                                  "{\"batch\":[{\"messageId\":\"m\"}],\"writeKey\":\"the-key\"}"
                                      .getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                      .build(),
                  java.net.http.HttpResponse.BodyHandlers.ofString());

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("{\"success\":true}");
      assertThat(reply.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      assertThat(reply.headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue("https://shop.example.com");
      assertThat(FIXTURE.events.onlyEvent().path("messageId").asString()).isEqualTo("m");
    } finally {
      invoker.stopServer();
    }
  }
}
