package dev.millrace.function;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.millrace.function.log.OutcomeLog;
import java.io.IOException;
import java.util.Optional;

/**
 * The function behind Pub/Sub's push: {@code POST /} with a notice in any of its shapes. Answers
 * 204 when the notice is dealt with, 503 when it must come again, 400 when it can't be read. {@code
 * POST /reconcile} looks for what is missing, and answers 200 with a report as JSON, or 503.
 */
public final class HttpEntry implements HttpFunction {
  private static final String NOTICES = "/";
  private static final String RECONCILE = "/reconcile";
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final BatchHandler batches;
  private final ReconcileHandler reconcile;

  /** As the framework makes it: over the loader of the settings file. */
  public HttpEntry() {
    this(SettingsFileLoader.SHARED, SettingsFileLoader.SHARED, OutcomeLog.ofEnvironment());
  }

  HttpEntry(BatchLoader loader, Reconciler reconciler, OutcomeLog log) {
    batches = new BatchHandler(loader, log);
    reconcile = new ReconcileHandler(reconciler, log);
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    // Before any answer: the server closes a connection whose request was left unread.
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    String path = request.getPath();
    if (!path.equals(NOTICES) && !path.equals(RECONCILE)) {
      answer(response, 404, "There is nothing at this path.");
      return;
    }
    if (!request.getMethod().equals("POST")) {
      response.appendHeader("Allow", "POST");
      answer(response, 405, "This path takes POST alone.");
      return;
    }
    if (path.equals(RECONCILE)) {
      reconcile(request, response);
      return;
    }
    if (body.length > MAX_BODY_BYTES) {
      answer(response, 413, "A notice has at most " + MAX_BODY_BYTES + " bytes.");
      return;
    }
    notice(request, body, response);
  }

  private void notice(HttpRequest request, byte[] body, HttpResponse response) throws IOException {
    try {
      Notice notice = NoticeReader.ofRequest(request::getFirstHeader, body);
      if (batches.handle(notice, trace(request))) {
        response.setStatusCode(204);
      } else {
        response.appendHeader("Retry-After", "10");
        answer(response, 503, "The batch is not loaded yet; the log says why.");
      }
    } catch (UnreadableNoticeException e) {
      answer(response, 400, e.getMessage());
    }
  }

  private void reconcile(HttpRequest request, HttpResponse response) throws IOException {
    Optional<byte[]> report = reconcile.handle(trace(request));
    if (report.isEmpty()) {
      answer(response, 503, "Nothing can be said now; the log says why.");
      return;
    }
    response.setStatusCode(200);
    response.setContentType("application/json");
    response.getOutputStream().write(report.get());
  }

  private static String trace(HttpRequest request) {
    return TraceId.of(
        request.getFirstHeader("traceparent"), request.getFirstHeader("X-Cloud-Trace-Context"));
  }

  private static void answer(HttpResponse response, int status, String sentence)
      throws IOException {
    response.setStatusCode(status);
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().write(sentence + "\n");
  }
}
