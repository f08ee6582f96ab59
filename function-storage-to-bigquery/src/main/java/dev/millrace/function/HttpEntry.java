package dev.millrace.function;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/**
 * The function behind Pub/Sub's push: {@code POST /} with a notice in any of its shapes. Answers
 * 204 when the notice is dealt with, 503 when it must come again, 400 when it can't be read.
 */
public final class HttpEntry implements HttpFunction {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final BatchHandler handler;

  /** As the framework makes it: over the loader of the settings file. */
  public HttpEntry() {
    this(SettingsFileLoader.SHARED);
  }

  HttpEntry(BatchLoader loader) {
    handler = new BatchHandler(loader);
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (!request.getPath().equals("/")) {
      answer(response, 404, "There is nothing at this path.");
      return;
    }
    if (!request.getMethod().equals("POST")) {
      response.appendHeader("Allow", "POST");
      answer(response, 405, "Notices come by POST.");
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      answer(response, 413, "A notice has at most " + MAX_BODY_BYTES + " bytes.");
      return;
    }
    notice(request, body, response);
  }

  private void notice(HttpRequest request, byte[] body, HttpResponse response) throws IOException {
    try {
      Notice notice = NoticeReader.ofRequest(request::getFirstHeader, body);
      String trace =
          TraceId.of(
              request.getFirstHeader("traceparent"),
              request.getFirstHeader("X-Cloud-Trace-Context"));
      if (handler.handle(notice, trace)) {
        response.setStatusCode(204);
      } else {
        response.appendHeader("Retry-After", "10");
        answer(response, 503, "The batch is not loaded yet; the log says why.");
      }
    } catch (UnreadableNoticeException e) {
      answer(response, 400, e.getMessage());
    }
  }

  private static void answer(HttpResponse response, int status, String sentence)
      throws IOException {
    response.setStatusCode(status);
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().write(sentence + "\n");
  }
}
