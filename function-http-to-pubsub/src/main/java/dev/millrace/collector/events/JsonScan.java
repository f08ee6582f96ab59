package dev.millrace.collector.events;

import dev.millrace.collector.events.JsonValue.Inside;
import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Goes through JSON once, token by token, and tells where values begin and end; makes no tree. */
final class JsonScan implements AutoCloseable {
  /** What is read at all; an event may have fewer. */
  private static final int MOST_LEVELS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Where a value stands can be told in UTF-8 alone.
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_LEVELS)
                  // Numbers and names are passed on as they stand, and a body has its own limit.
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** The fields whose text is looked at. */
  private static final Set<String> READ =
      Set.of(
          "messageId",
          "userId",
          "anonymousId",
          "previousId",
          "groupId",
          "event",
          "type",
          "timestamp",
          "originalTimestamp",
          "sentAt",
          "writeKey",
          "name",
          "ip");

  private final Slice document;
  private final JsonParser parser;

  private JsonScan(Slice document) {
    this.document = document;
    this.parser =
        FACTORY.createParser(
            ObjectReadContext.empty(), document.bytes(), document.from(), document.length());
  }

  /**
   * The fields of an object. Where one is there twice, the last counts.
   *
   * @throws RefusedException if this is no JSON object in UTF-8
   */
  static Map<String, JsonValue> fields(Slice object) throws RefusedException {
    if (!Utf8.isValid(object)) {
      throw new RefusedException(Refusal.NOT_AN_OBJECT);
    }
    try (JsonScan scan = new JsonScan(object)) {
      return scan.fields();
    } catch (StreamConstraintsException e) {
      throw new RefusedException(Refusal.NESTED_TOO_DEEP);
    } catch (JacksonException e) {
      throw new RefusedException(Refusal.NOT_AN_OBJECT);
    }
  }

  private Map<String, JsonValue> fields() throws RefusedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RefusedException(Refusal.NOT_AN_OBJECT);
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser.nextToken(), READ.contains(name)));
    }
    if (parser.nextToken() != null) {
      throw new RefusedException(Refusal.NOT_AN_OBJECT);
    }
    return fields;
  }

  private JsonValue value(JsonToken token, boolean read) {
    int from = document.from() + (int) parser.currentTokenLocation().getByteOffset();
    String text = null;
    Inside inside = Inside.NOTHING;
    if (token.isStructStart()) {
      inside = skip();
    } else if (read && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
      text = parser.getString();
    } else {
      parser.finishToken();
    }
    int to = document.from() + (int) parser.currentLocation().getByteOffset();
    return new JsonValue(new Slice(document.bytes(), from, to), kind(token), text, inside);
  }

  /** To the end of the container that begins here. */
  private Inside skip() {
    int open = 1;
    int deepest = 1;
    int fields = 0;
    while (open > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        open++;
        deepest = Math.max(deepest, open);
      } else if (token.isStructEnd()) {
        open--;
      } else if (token == JsonToken.PROPERTY_NAME) {
        fields++;
      }
    }
    return new Inside(deepest, fields);
  }

  private static JsonValue.Kind kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> JsonValue.Kind.OBJECT;
      case START_ARRAY -> JsonValue.Kind.LIST;
      case VALUE_STRING -> JsonValue.Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonValue.Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> JsonValue.Kind.BOOLEAN;
      default -> JsonValue.Kind.NULL;
    };
  }

  @Override
  public void close() {
    parser.close();
  }
}
