package dev.millrace.tests.bigquery.faults;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that was made.
 *
 * @param number counted from 1 in the order in which calls came in
 * @param target the dataset or table, as in {@code p:d.t}; for queries their SQL; else empty
 * @param jobId empty where the call is about no job of a given id
 * @param status of the answer; 0 if there was none, or only half of one
 * @param fault what misbehaviour it met with; empty if none
 */
public record Call(
    int number, CallKind kind, String target, String jobId, int status, String fault) {
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("kind", kind.code())
        .put("target", target)
        .put("jobId", jobId)
        .put("status", status)
        .put("fault", fault);
  }
}
