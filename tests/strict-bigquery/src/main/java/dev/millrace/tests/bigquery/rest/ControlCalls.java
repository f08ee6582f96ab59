package dev.millrace.tests.bigquery.rest;

import com.sun.net.httpserver.HttpExchange;
import dev.millrace.tests.bigquery.faults.CallLog;
import dev.millrace.tests.bigquery.faults.FaultJson;
import dev.millrace.tests.bigquery.faults.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What another process tells and asks besides BigQuery's API: {@code POST /_faults} adds a fault
 * (see {@link FaultJson}) or an array of them, {@code DELETE /_faults} takes all back, {@code GET
 * /_faults} says how many calls they have befallen; {@code GET /_calls} lists the calls made,
 * {@code DELETE /_calls} forgets them.
 */
final class ControlCalls {
  private static final JsonMapper JSON = new JsonMapper();

  private final Faults faults;
  private final CallLog log;

  ControlCalls(Faults faults, CallLog log) {
    this.faults = faults;
    this.log = log;
  }

  void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (IllegalArgumentException | JacksonException e) {
      answer = new Answer(400, JsonNodeFactory.instance.objectNode().put("error", e.getMessage()));
    }
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Answer answer(HttpExchange exchange) {
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "POST /_faults" -> {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        if (body.isArray()) {
          body.forEach(fault -> faults.add(FaultJson.read(fault)));
        } else {
          faults.add(FaultJson.read(body));
        }
        yield befallen();
      }
      case "GET /_faults" -> befallen();
      case "DELETE /_faults" -> {
        faults.clear();
        yield befallen();
      }
      case "GET /_calls" -> calls();
      case "DELETE /_calls" -> {
        log.clear();
        yield calls();
      }
      default -> throw new IllegalArgumentException("paths are /_faults and /_calls");
    };
  }

  private Answer befallen() {
    return Answer.ok(JsonNodeFactory.instance.objectNode().put("befallen", faults.befallen()));
  }

  private Answer calls() {
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    log.calls().forEach(call -> calls.add(call.toJson()));
    return Answer.ok(calls);
  }
}
