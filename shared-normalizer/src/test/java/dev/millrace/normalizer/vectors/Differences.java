package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares what was made of a vector with what is expected, as the vectors' format says: rows as a
 * multiset by {@code _dlt_id}, values by column type. Ignores the order of columns (M9) and the
 * column {@code _millrace_received_at} (M10), and nothing else.
 */
final class Differences {
  private static final String RECEIVED_AT = "_millrace_received_at";

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(Vector vector, VectorRun run) {
    Differences differences = new Differences();
    differences.tables(vector.expected().get("tables"), run);
    JsonNode document = vector.expected().get("stored_schema");
    if (document != null) {
      differences.document(document, run.schema());
    }
    return differences.found;
  }

  private void tables(JsonNode expected, VectorRun run) {
    TreeSet<String> names = new TreeSet<>();
    expected.properties().forEach(table -> names.add(table.getKey()));
    run.schema().tables().values().stream()
        .filter(table -> !table.isSystem())
        .forEach(table -> names.add(table.name()));
    for (String name : names) {
      Table actual = run.schema().table(name);
      JsonNode table = expected.get(name);
      if (table == null || actual == null) {
        found.add("table " + name + (actual == null ? " is missing" : " is too many"));
        continue;
      }
      columns(table.get("columns"), actual);
      rows(table, actual, run.rows().getOrDefault(name, List.of()));
    }
  }

  private void columns(JsonNode expected, Table actual) {
    Map<String, Object> want = new LinkedHashMap<>();
    expected
        .properties()
        .forEach(
            column -> {
              Map<String, Object> properties = properties(column.getValue());
              properties.putIfAbsent("nullable", true);
              properties.remove("name");
              want.put(column.getKey(), properties);
            });
    Map<String, Object> have = new LinkedHashMap<>();
    for (Column column : actual.columns().values()) {
      if (!column.name().equals(RECEIVED_AT)) {
        Map<String, Object> properties = new LinkedHashMap<>(column.hints());
        if (column.type() != null) {
          properties.put("data_type", column.type().word());
        }
        properties.put("nullable", column.nullable());
        have.put(column.name(), properties);
      }
    }
    differ("columns of " + actual.name(), want, have);
  }

  private static Map<String, Object> properties(JsonNode node) {
    Map<String, Object> properties = new LinkedHashMap<>();
    node.properties()
        .forEach(
            each ->
                properties.put(
                    each.getKey(), Vector.JSON.treeToValue(each.getValue(), Object.class)));
    return properties;
  }

  private void rows(JsonNode expected, Table table, List<JsonNode> actual) {
    Map<Map<String, Object>, Integer> balance = new HashMap<>();
    expected.get("rows").forEach(row -> balance.merge(canonical(row, table), 1, Integer::sum));
    actual.forEach(row -> balance.merge(canonical(row, table), -1, Integer::sum));
    balance.forEach(
        (row, count) -> {
          if (count != 0) {
            found.add(
                "%s: row %s: %s".formatted(table.name(), count > 0 ? "missing" : "too many", row));
          }
        });
  }

  private static Map<String, Object> canonical(JsonNode row, Table table) {
    Map<String, Object> values = new java.util.TreeMap<>();
    row.properties()
        .forEach(
            value -> {
              Column column = table.columns().get(value.getKey());
              if (!value.getKey().equals(RECEIVED_AT) && !value.getValue().isNull()) {
                values.put(
                    value.getKey(),
                    column == null ? "no such column" : canonical(value.getValue(), column.type()));
              }
            });
    return values;
  }

  private static Object canonical(JsonNode value, DataType type) {
    return switch (type) {
      case BIGINT, DOUBLE, DECIMAL, WEI -> number(value.asString());
      case JSON -> json(value);
      default -> value.isString() ? value.asString() : "not text: " + value;
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object json(JsonNode value) {
    if (value.isObject()) {
      Map<String, Object> members = new HashMap<>();
      value.properties().forEach(member -> members.put(member.getKey(), json(member.getValue())));
      return members;
    }
    if (value.isArray()) {
      List<Object> elements = new ArrayList<>();
      value.forEach(element -> elements.add(json(element)));
      return elements;
    }
    return value.isNumber() ? number(value.asString()) : value.toString();
  }

  /** The stored schema: dlt's hash by our code, and our document but for M9 and M10. */
  private void document(JsonNode expected, Schema actual) {
    Schema parsed = Schema.parse(Vector.JSON.writeValueAsBytes(expected));
    differ("version hash", expected.get("version_hash").asString(), parsed.versionHash());
    differ("stored schema", content(parsed), content(actual));
  }

  private static Map<String, Object> content(Schema schema) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", schema.name());
    content.put("settings", schema.settings());
    content.put("normalizers", schema.normalizers());
    schema
        .tables()
        .forEach(
            (name, table) -> {
              Map<String, Column> columns = new LinkedHashMap<>(table.columns());
              columns.remove(RECEIVED_AT);
              content.put("table " + name, table.properties());
              columns.forEach((key, column) -> content.put(name + "." + key, column));
            });
    return content;
  }

  private void differ(String what, Object expected, Object actual) {
    if (expected instanceof Map<?, ?> want && actual instanceof Map<?, ?> have) {
      TreeSet<String> keys = new TreeSet<>();
      want.keySet().forEach(key -> keys.add(String.valueOf(key)));
      have.keySet().forEach(key -> keys.add(String.valueOf(key)));
      for (String key : keys) {
        if (!java.util.Objects.equals(want.get(key), have.get(key))) {
          found.add(
              "%s, %s: expected %s, is %s".formatted(what, key, want.get(key), have.get(key)));
        }
      }
    } else if (!expected.equals(actual)) {
      found.add("%s: expected %s, is %s".formatted(what, expected, actual));
    }
  }
}
