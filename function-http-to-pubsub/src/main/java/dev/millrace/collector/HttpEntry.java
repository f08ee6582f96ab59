package dev.millrace.collector;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.millrace.collector.http.Reply;
import dev.millrace.collector.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The collector as a function of the functions framework, with the environment's settings. */
public final class HttpEntry implements HttpFunction {
  private final Collector collector;

  /**
   * As the framework makes it.
   *
   * @throws IOException if the environment's settings can't be used; the message says what to do
   */
  public HttpEntry() throws IOException {
    this(Environment.ofProcess().collector());
    Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "end"));
  }

  HttpEntry(Collector collector) {
    this.collector = collector;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    Reply reply = collector.handle(new FrameworkRequest(request));
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::appendHeader);
    if (!reply.body().isEmpty()) {
      response.setContentType("application/json");
      response.getOutputStream().write(reply.bytes());
    }
  }

  /** A request of the framework, which does not tell who is connected. */
  private record FrameworkRequest(HttpRequest request) implements Request {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String path() {
      return request.getPath();
    }

    @Override
    public List<String> headers(String name) {
      for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue();
        }
      }
      return List.of();
    }

    @Override
    public InputStream body() throws IOException {
      return request.getInputStream();
    }

    @Override
    public Optional<String> peer() {
      return Optional.empty();
    }
  }
}
