package dev.millrace.tests.bigquery.rest;

import com.sun.net.httpserver.HttpExchange;
import dev.millrace.tests.bigquery.error.BigQueryError;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.faults.CallKind;
import dev.millrace.tests.bigquery.faults.CallLog;
import dev.millrace.tests.bigquery.faults.Faults;
import dev.millrace.tests.bigquery.faults.Misbehaviour;
import dev.millrace.tests.bigquery.faults.Misbehaviour.Moment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers the calls of BigQuery's API over HTTP: well, or badly where a fault says so. */
final class ApiCalls {
  static final String PREFIX = "/bigquery/v2/projects/";

  private static final JsonMapper JSON = new JsonMapper();

  private final Router router;
  private final Faults faults;
  private final CallLog log;

  ApiCalls(Router router, Faults faults, CallLog log) {
    this.router = router;
    this.faults = faults;
    this.log = log;
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request;
      try {
        request = read(exchange);
      } catch (JacksonException e) {
        send(exchange, Answer.refused(new BigQueryError(Reason.INVALID, "Parse Error")), true);
        return;
      }
      CallKind kind = Router.kind(request);
      String target = Router.target(request, kind);
      String jobId = Router.jobId(request, kind);
      int number = log.begin(kind, target, jobId);
      Misbehaviour misbehaviour = faults.onto(kind, target, jobId);
      Answer answer = answer(request.with(misbehaviour), kind);
      // Noted before it is sent, so that who has the answer finds the call in the log.
      boolean whole = answer != null && !(misbehaviour instanceof Misbehaviour.CutAnswer);
      String fault = misbehaviour == null ? "" : misbehaviour.toString();
      log.end(number, whole ? answer.status() : 0, fault);
      if (answer != null) {
        send(exchange, answer, whole);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** For what is no call of the API at all, such as an upload. */
  void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      send(exchange, Answer.refused(RefusedException.notCovered(what).error()), true);
    }
  }

  /** Null where there is to be no answer. */
  private Answer answer(Request request, CallKind kind) throws InterruptedException {
    Misbehaviour misbehaviour = request.misbehaviour();
    if (misbehaviour instanceof Misbehaviour.Refuse refuse
        && refuse.moment() == Moment.BEFORE_WORK) {
      return refusal(refuse);
    }
    if (misbehaviour instanceof Misbehaviour.HangUp hangUp
        && hangUp.moment() == Moment.BEFORE_WORK) {
      return null;
    }
    if (misbehaviour instanceof Misbehaviour.Delay delay) {
      TimeUnit.NANOSECONDS.sleep(delay.time().toNanos());
    }
    Answer answer = work(request, kind);
    if (misbehaviour instanceof Misbehaviour.Refuse refuse) {
      return refusal(refuse);
    }
    return misbehaviour instanceof Misbehaviour.HangUp ? null : answer;
  }

  private static Answer refusal(Misbehaviour.Refuse refuse) {
    return Answer.refused(
        new BigQueryError(refuse.reason(), "Told to refuse this call: " + refuse.reason().code()),
        refuse.status());
  }

  private Answer work(Request request, CallKind kind) throws InterruptedException {
    try {
      return router.answer(request, kind);
    } catch (RefusedException e) {
      return Answer.refused(e.error());
    } catch (RuntimeException e) {
      System.getLogger(ApiCalls.class.getName()).log(System.Logger.Level.ERROR, kind.code(), e);
      return Answer.refused(
          new BigQueryError(Reason.INTERNAL_ERROR, "The strict BigQuery failed: " + e));
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().substring(PREFIX.length());
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      parts.add(decoded(part));
    }
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Request(exchange.getRequestMethod(), parts, query, body(exchange), null);
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    if ("gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      in = new GZIPInputStream(in);
    }
    byte[] bytes = in.readAllBytes();
    return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
  }

  private static void send(HttpExchange exchange, Answer answer, boolean whole) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    if (answer.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body, 0, whole ? body.length : body.length / 2);
    exchange.getResponseBody().flush();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
