package dev.millrace.normalizer.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what was made of a scenario with what is expected, as the vectors' format says: rows as
 * a multiset by {@code _dlt_id}, values by column type. Ignores the order of columns (M9) and the
 * column {@code _millrace_received_at} (M10), and nothing else.
 */
final class Differences {
  private static final String RECEIVED_AT = "_millrace_received_at";
  private static final Set<String> HISTORY = Set.of("version", "version_hash", "previous_hashes");

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(JsonNode expected, JsonNode actual) {
    Differences differences = new Differences();
    differences.tables(expected.get("tables"), actual.get("tables"));
    if (expected.path("stored_schema").isObject()) {
      differences.compare(
          "stored schema",
          content(expected.get("stored_schema")),
          content(actual.get("stored_schema")));
    }
    differences.badEvents(expected, actual.get("bad_events"));
    return differences.found;
  }

  private void tables(JsonNode expected, JsonNode actual) {
    for (String name : namesOf(expected, actual)) {
      JsonNode want = expected.get(name);
      JsonNode have = actual.get(name);
      if (want == null || have == null) {
        found.add("table " + name + (have == null ? " is missing" : " is too many"));
        continue;
      }
      compare("table " + name, properties(want), properties(have));
      columns(name, want.get("columns"), have.get("columns"));
      rows(name, want, have);
    }
  }

  private static JsonNode properties(JsonNode table) {
    ObjectNode properties = ((ObjectNode) table).deepCopy();
    properties.remove(List.of("columns", "rows"));
    return properties;
  }

  private void columns(String table, JsonNode expected, JsonNode actual) {
    for (String name : namesOf(expected, actual)) {
      if (!name.equals(RECEIVED_AT)) {
        compare("column " + table + "." + name, stated(expected, name), stated(actual, name));
      }
    }
  }

  private static JsonNode stated(JsonNode columns, String name) {
    JsonNode column = columns.get(name);
    if (column != null && !column.has("nullable")) {
      return ((ObjectNode) column).deepCopy().put("nullable", true);
    }
    return column;
  }

  private void rows(String table, JsonNode expected, JsonNode actual) {
    Map<Map<String, Object>, Integer> balance = new HashMap<>();
    expected.get("rows").forEach(row -> balance.merge(row(row, expected), 1, Integer::sum));
    actual.get("rows").forEach(row -> balance.merge(row(row, actual), -1, Integer::sum));
    balance.entrySet().stream()
        .filter(entry -> entry.getValue() != 0)
        .map(
            entry ->
                "table %s: row %s: %s"
                    .formatted(
                        table, entry.getValue() > 0 ? "missing" : "too many", entry.getKey()))
        .sorted()
        .forEach(found::add);
  }

  private static Map<String, Object> row(JsonNode row, JsonNode table) {
    Map<String, Object> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> value : row.properties()) {
      String column = value.getKey();
      if (!column.equals(RECEIVED_AT) && !value.getValue().isNull()) {
        JsonNode type = table.get("columns").path(column).path("data_type");
        values.put(
            column,
            type.isMissingNode()
                ? "no such column"
                : Values.ofColumn(value.getValue(), type.asString()));
      }
    }
    return values;
  }

  /** The document without its history, and without M10's column. */
  private static JsonNode content(JsonNode document) {
    ObjectNode content = ((ObjectNode) document).deepCopy();
    content.remove(HISTORY);
    content.get("tables").forEach(table -> ((ObjectNode) table.get("columns")).remove(RECEIVED_AT));
    return content;
  }

  /**
   * dlt knows no bad events: where it loads, none may be but those that a contract drops, which it
   * drops in silence; where it refuses a batch, a departure has to say what we do.
   */
  private void badEvents(JsonNode expected, JsonNode actual) {
    if (expected.has("bad_events")) {
      compare("bad events", expected.get("bad_events"), actual);
      return;
    }
    for (JsonNode error : expected.path("errors")) {
      found.add("dlt refuses batch %s, and no departure is listed".formatted(error.get("batch")));
    }
    for (JsonNode bad : actual) {
      if (!bad.get("reason").asString().equals("contract_discarded")) {
        found.add("bad event: " + bad);
      }
    }
  }

  private void compare(String what, JsonNode expected, JsonNode actual) {
    if (expected != null && actual != null && expected.isObject() && actual.isObject()) {
      for (String name : namesOf(expected, actual)) {
        compare(what + ", " + name, expected.get(name), actual.get(name));
      }
    } else if (!Objects.equals(value(expected), value(actual))) {
      found.add("%s: expected %s, is %s".formatted(what, expected, actual));
    }
  }

  private static Object value(JsonNode node) {
    return node == null ? null : Values.json(node);
  }

  private static Set<String> namesOf(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>(one.propertyNames());
    names.addAll(other.propertyNames());
    return names;
  }
}
