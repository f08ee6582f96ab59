package dev.millrace.tests.bigquery.load;

import dev.millrace.tests.bigquery.catalog.Column;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a column of type JSON: any JSON, nested at most 500 deep (docs page "Working with JSON data
 * in GoogleSQL", limitations), numbers as they are written.
 */
final class JsonValues {
  private static final int GREATEST_DEPTH = 500;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private JsonValues() {}

  /** The value at the parser's place, compact. */
  static String read(Column column, JsonParser json) throws RowException {
    StringWriter text = new StringWriter();
    int deepest;
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      deepest = copy(json, out);
    }
    if (deepest > GREATEST_DEPTH) {
      throw new RowException(
          "JSON nesting is deeper than %d levels. Field: %s"
              .formatted(GREATEST_DEPTH, column.name()));
    }
    return text.toString();
  }

  /** Copies a value and returns how deep it is. */
  private static int copy(JsonParser json, JsonGenerator out) {
    int depth = 0;
    int deepest = 0;
    JsonToken token = json.currentToken();
    while (true) {
      switch (token) {
        case START_OBJECT -> out.writeStartObject();
        case START_ARRAY -> out.writeStartArray();
        case END_OBJECT -> out.writeEndObject();
        case END_ARRAY -> out.writeEndArray();
        case PROPERTY_NAME -> out.writeName(json.currentName());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(json.getString());
        default -> out.copyCurrentEvent(json);
      }
      if (token.isStructStart()) {
        deepest = Math.max(deepest, ++depth);
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0) {
        return deepest;
      }
      token = json.nextToken();
    }
  }
}
