package dev.millrace.normalizer.vectors;

import dev.millrace.normalizer.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Values of vectors in forms that are equal where the vectors' format calls them so. */
final class Values {
  private Values() {}

  /** A value of a column; {@code type} is dlt's word for the column's type. */
  static Object ofColumn(JsonNode value, String type) {
    if (value.isContainer() && !type.equals("json")) {
      return "not " + type + ": " + value;
    }
    return switch (type) {
      case "bigint", "decimal", "wei" -> exact(value.asString());
      case "double" -> real(value.asString());
      case "json" -> json(value);
      case "bool" -> value.isBoolean() ? value.booleanValue() : "not bool: " + value;
      default -> value.isString() ? value.asString() : "not text: " + value;
    };
  }

  /**
   * A value as the vectors have it: whole numbers without the quotes that large ones have in parts.
   */
  static JsonNode asExpected(JsonNode value, DataType type) {
    return type == DataType.BIGINT && value.isString()
        ? GoldenVector.JSON.getNodeFactory().numberNode(new BigInteger(value.asString()))
        : value;
  }

  /** The nearest double; {@code nan}, {@code inf} and {@code -inf} as they are written. */
  private static Object real(String text) {
    try {
      return Double.parseDouble(text) + 0.0;
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object exact(String text) {
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** Any JSON: members have no order, numbers are numbers. */
  static Object json(JsonNode value) {
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
    return value.isNumber() ? exact(value.asString()) : value.toString();
  }
}
