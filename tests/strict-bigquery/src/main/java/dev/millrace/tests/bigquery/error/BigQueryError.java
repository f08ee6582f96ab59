package dev.millrace.tests.bigquery.error;

import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One error in the shape of the API's {@code ErrorProto}.
 *
 * @param location where it is, such as the URI of a file; null if nowhere in particular
 */
public record BigQueryError(Reason reason, String location, String message) {
  public BigQueryError {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  public BigQueryError(Reason reason, String message) {
    this(reason, null, message);
  }

  /** As it stands in a job's status. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("reason", reason.code());
    if (location != null) {
      json.put("location", location);
    }
    return json.put("message", message);
  }

  /** As it stands in the answer to a call that is refused with {@code status}. */
  public ObjectNode toAnswer(int status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error").put("code", status).put("message", message);
    error.putArray("errors").add(toJson().put("domain", "global"));
    error.put("status", reason.canonicalStatus());
    return json;
  }
}
