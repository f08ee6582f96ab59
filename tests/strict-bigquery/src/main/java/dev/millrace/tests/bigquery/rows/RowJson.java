package dev.millrace.tests.bigquery.rows;

import dev.millrace.tests.bigquery.catalog.Column;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows and columns in the API's shape: {@code {"f": [{"v": "…"}]}}, every value a text.
 *
 * @param int64Timestamps timestamps as microseconds, else as seconds with a fraction
 */
public record RowJson(boolean int64Timestamps) {
  /** Rows from the first index (inclusive) to the last (exclusive). */
  public ArrayNode rows(List<Object[]> rows, int from, int to) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object[] row : rows.subList(from, to)) {
      ArrayNode cells = array.addObject().putArray("f");
      for (Object cell : row) {
        put(cells.addObject(), cell);
      }
    }
    return array;
  }

  private void put(ObjectNode target, Object cell) {
    if (cell == null) {
      target.putNull("v");
    } else if (cell instanceof List<?> items) {
      ArrayNode array = target.putArray("v");
      items.forEach(item -> put(array.addObject(), item));
    } else if (cell instanceof Long micros) {
      target.put("v", int64Timestamps ? micros.toString() : seconds(micros));
    } else {
      target.put("v", cell.toString());
    }
  }

  private static String seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).toPlainString();
  }

  /** A {@code TableSchema}. */
  public static ObjectNode schema(List<Column> columns) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode fields = schema.putArray("fields");
    for (Column column : columns) {
      ObjectNode field =
          fields
              .addObject()
              .put("name", column.name())
              .put("type", column.type().name().api())
              .put("mode", mode(column));
      if (column.description() != null) {
        field.put("description", column.description());
      }
      if (column.type().precision() != null) {
        String parameter =
            switch (column.type().name()) {
              case STRING, BYTES -> "maxLength";
              default -> "precision";
            };
        field.put(parameter, column.type().precision().toString());
      }
      if (column.type().scale() != null) {
        field.put("scale", column.type().scale().toString());
      }
    }
    return schema;
  }

  private static String mode(Column column) {
    if (column.repeated()) {
      return "REPEATED";
    }
    return column.required() ? "REQUIRED" : "NULLABLE";
  }
}
