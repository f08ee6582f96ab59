package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.faults.Misbehaviour;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A call of the API.
 *
 * @param path what is after {@code /bigquery/v2/projects/}, in parts; the first is the project
 * @param body an empty object where there is none
 * @param misbehaviour what befalls it; null for nothing
 */
record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    JsonNode body,
    Misbehaviour misbehaviour) {
  String project() {
    return path.get(0);
  }

  /** The path's part of that index, or an empty text if the path is shorter. */
  String part(int index) {
    return index < path.size() ? path.get(index) : "";
  }

  /** A parameter of the query, or null. */
  String parameter(String name) {
    return query.get(name);
  }

  int parameter(String name, int otherwise) {
    String value = query.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  Request with(Misbehaviour other) {
    return new Request(method, path, query, body, other);
  }
}
