package dev.millrace.collector.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request is answered with. Segment's libraries read the body of every reply: it is always a
 * JSON object, for which success says 200 and {@code {"success":true}}, and a refusal has the texts
 * {@code code}, {@code message} and {@code error}.
 *
 * @param body JSON; empty only where no library looks at it, for a preflight
 */
public record Reply(int status, Map<String, String> headers, String body) {
  /** An event of a batch that is not taken. */
  public record EventError(int index, Refusal refusal) {}

  private static final String RETRY_AFTER = "Retry-After";

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** All is taken. */
  public static Reply success() {
    return json("{\"success\":true}");
  }

  /** 200 with this document. */
  public static Reply json(String document) {
    return new Reply(200, Map.of(), document);
  }

  /** Nothing is taken. */
  public static Reply refused(Refusal refusal) {
    Reply reply = new Reply(refusal.status(), Map.of(), body(refusal, ""));
    return switch (refusal) {
      case OVERLOADED -> reply.with(RETRY_AFTER, "2");
      case TOPIC_UNAVAILABLE -> reply.with(RETRY_AFTER, "5");
      default -> reply;
    };
  }

  /** All is taken but these. */
  public static Reply refused(List<EventError> errors) {
    StringBuilder list = new StringBuilder(",\"errors\":[");
    for (EventError error : errors) {
      list.append(list.charAt(list.length() - 1) == '[' ? "" : ",")
          .append("{\"index\":")
          .append(error.index())
          .append(",\"code\":\"")
          .append(error.refusal().code())
          .append("\",\"message\":\"")
          .append(error.refusal().message())
          .append("\"}");
    }
    return new Reply(400, Map.of(), body(errors.get(0).refusal(), list.append(']').toString()));
  }

  private static String body(Refusal refusal, String more) {
    return "{\"success\":false,\"code\":\"%s\",\"message\":\"%s\",\"error\":\"%s\"%s}"
        .formatted(refusal.code(), refusal.message(), refusal.message(), more);
  }

  /** This reply with another header. */
  public Reply with(String header, String value) {
    return with(Map.of(header, value));
  }

  /** This reply with other headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body);
  }

  /** The body in UTF-8. */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
