package dev.millrace.publisher.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a collector's answer means for the events of a batch. */
sealed interface Reply {
  /** The collector has every event but these, which it refuses for good. */
  record Taken(Map<Integer, String> refused) implements Reply {}

  /** The collector refuses the whole request for good. */
  record Refused(String detail) implements Reply {}

  /** The same request may succeed later. */
  record Later(String detail) implements Reply {}

  /** The statuses beside 5xx that Segment's newer libraries try again. */
  Set<Integer> LATER = Set.of(408, 410, 429, 460);

  /** Those of 5xx that they don't. */
  Set<Integer> NEVER = Set.of(501, 505, 511);

  int LONGEST_DETAIL = 200;

  /**
   * @param body is read as JSON where it is
   */
  static Reply of(int status, String body) {
    if (status >= 200 && status < 300) {
      return new Taken(Map.of());
    }
    if (LATER.contains(status) || status >= 500 && !NEVER.contains(status)) {
      return new Later("it answered " + status + detail(body));
    }
    if (status == 400) {
      Map<Integer, String> refused = errors(body);
      if (!refused.isEmpty()) {
        return new Taken(refused);
      }
    }
    return new Refused("it answered " + status + detail(body));
  }

  private static Map<Integer, String> errors(String body) {
    Map<Integer, String> refused = new LinkedHashMap<>();
    for (JsonNode error : json(body).path("errors")) {
      if (error.path("index").isIntegralNumber()) {
        String code = error.path("code").asString("");
        String message = error.path("message").asString("");
        refused.put(error.get("index").asInt(), shortened((code + " " + message).strip()));
      }
    }
    return refused;
  }

  private static String detail(String body) {
    String message = json(body).path("message").asString("");
    return message.isEmpty() ? "" : ": " + shortened(message);
  }

  private static JsonNode json(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
