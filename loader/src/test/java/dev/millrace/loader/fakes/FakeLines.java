package dev.millrace.loader.fakes;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import dev.millrace.normalizer.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads lines as a warehouse does that knows its columns' types. */
final class FakeLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FakeStaging staging;
  private final Map<String, String> refusedTexts = new HashMap<>();

  FakeLines(FakeStaging staging) {
    this.staging = staging;
  }

  void refuse(String table, String text) {
    refusedTexts.put(table, text);
  }

  /** The rows of a part; what doesn't fit is added to the refused ones. */
  List<JsonNode> part(
      String table, Map<String, DataType> columns, String location, List<RefusedRow> refused) {
    List<JsonNode> taken = new ArrayList<>();
    List<JsonNode> rows = parse(table, columns, staging.at(location));
    for (int line = 0; line < rows.size(); line++) {
      JsonNode row = rows.get(line);
      String text = refusedTexts.get(table);
      if (text != null && row.toString().contains(text)) {
        refused.add(new RefusedRow(table, location, line, "the fake refuses such rows"));
      } else if (!fits(row, columns)) {
        refused.add(new RefusedRow(table, location, line, "a value has another type"));
      } else {
        taken.add(row);
      }
    }
    return taken;
  }

  /** The rows for a system table. */
  List<JsonNode> of(SystemRows rows, Map<String, DataType> columns) {
    List<byte[]> contents =
        rows.locations().isEmpty()
            ? List.of(rows.lines())
            : rows.locations().stream().map(staging::at).toList();
    List<JsonNode> lines = new ArrayList<>();
    contents.forEach(content -> lines.addAll(parse(rows.table().name(), columns, content)));
    if (lines.size() != rows.rows()) {
      throw new AssertionError(rows.table().name() + " has other rows than it says");
    }
    return lines;
  }

  private static List<JsonNode> parse(String table, Map<String, DataType> columns, byte[] content) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      JsonNode row = JSON.readTree(line);
      for (String column : row.propertyNames()) {
        if (!columns.containsKey(column)) {
          throw new AssertionError(table + " has no column " + column);
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static boolean fits(JsonNode row, Map<String, DataType> columns) {
    return row.properties().stream()
        .allMatch(value -> fits(value.getValue(), columns.get(value.getKey())));
  }

  private static boolean fits(JsonNode value, DataType type) {
    return switch (type) {
      case BOOL -> value.isBoolean();
      case BIGINT -> value.isIntegralNumber() || value.isString() && isWhole(value.asString());
      case DOUBLE -> value.isNumber();
      case TEXT, TIMESTAMP, DATE, TIME, BINARY -> value.isString();
      case DECIMAL, WEI, JSON -> true;
    };
  }

  private static boolean isWhole(String text) {
    return text.matches("-?[0-9]+");
  }
}
