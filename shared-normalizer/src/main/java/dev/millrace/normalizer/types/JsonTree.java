package dev.millrace.normalizer.types;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value: maps, lists, strings, {@link JsonNumber}s, and {@link Literal}s. Of a repeated key
 * the last value counts, at the first one's place.
 */
final class JsonTree {
  /** {@code true}, {@code false} or {@code null}. */
  record Literal(String word) {}

  /** BigQuery's JSON ends at 500 levels; departure M16 leaves room. */
  private static final int MAX_LEVELS = 400;

  /** Texts come out of events, whose size is bounded elsewhere. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_LEVELS)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonTree() {}

  /** The one value that {@code json} is, or null if it is none or nests deeper than 400 levels. */
  static Object parse(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        return null;
      }
      Object value = value(parser);
      return parser.nextToken() == null ? value : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
      default -> new Literal(parser.getString());
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, value(parser));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  /** Compact JSON, each number as {@code numbers} has it. */
  static String write(Object value, Function<JsonNumber, String> numbers) {
    StringBuilder json = new StringBuilder();
    append(json, value, numbers);
    return json.toString();
  }

  private static void append(
      StringBuilder json, Object value, Function<JsonNumber, String> numbers) {
    if (value instanceof Map<?, ?> object) {
      String before = "{";
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        json.append(before);
        JsonString.append(json, (String) entry.getKey());
        append(json.append(':'), entry.getValue(), numbers);
        before = ",";
      }
      json.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      String before = "[";
      for (Object element : array) {
        append(json.append(before), element, numbers);
        before = ",";
      }
      json.append(array.isEmpty() ? "[]" : "]");
    } else if (value instanceof JsonNumber number) {
      json.append(numbers.apply(number));
    } else if (value instanceof Literal literal) {
      json.append(literal.word());
    } else {
      JsonString.append(json, (String) value);
    }
  }
}
