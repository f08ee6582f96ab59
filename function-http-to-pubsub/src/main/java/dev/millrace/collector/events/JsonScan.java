package dev.millrace.collector.events;

import dev.millrace.collector.http.Refusal;
import dev.millrace.collector.http.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Goes through JSON once, token by token, and tells where values begin and end; makes no tree. */
final class JsonScan implements AutoCloseable {
  /** Of a whole body; an event may have fewer. */
  private static final int MOST_LEVELS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
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

  /** What a body has at its top. */
  record Top(Map<String, JsonValue> fields, List<JsonValue> batch) {}

  /**
   * The fields of a body, and the elements of its list {@code batch}; null if it has none. Where a
   * field is there twice, the last counts.
   */
  static Top top(Slice body, int mostElements) throws RefusedException {
    try (JsonScan scan = new JsonScan(body)) {
      return scan.top(mostElements);
    } catch (JacksonException e) {
      throw new RefusedException(Refusal.MALFORMED);
    }
  }

  /** The fields of an object that has been gone through before. */
  static Map<String, JsonValue> fields(Slice object) throws RefusedException {
    return top(object, 0).fields();
  }

  private Top top(int mostElements) throws RefusedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    List<JsonValue> batch = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (mostElements > 0 && name.equals("batch") && token == JsonToken.START_ARRAY) {
        batch = elements(mostElements);
      } else {
        fields.put(name, value(token, READ.contains(name)));
      }
    }
    if (parser.nextToken() != null) {
      throw new RefusedException(Refusal.MALFORMED);
    }
    return new Top(fields, batch);
  }

  private List<JsonValue> elements(int most) throws RefusedException {
    List<JsonValue> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (elements.size() == most) {
        throw new RefusedException(Refusal.TOO_MANY_EVENTS);
      }
      elements.add(value(token, false));
    }
    return elements;
  }

  private JsonValue value(JsonToken token, boolean read) {
    int from = document.from() + (int) parser.currentTokenLocation().getByteOffset();
    String text = null;
    int levels = 0;
    if (token.isStructStart()) {
      levels = skip();
    } else if (read && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
      text = parser.getString();
    } else {
      parser.finishToken();
    }
    int to = document.from() + (int) parser.currentLocation().getByteOffset();
    return new JsonValue(new Slice(document.bytes(), from, to), kind(token), text, levels);
  }

  /** To the end of the container that begins here; its levels. */
  private int skip() {
    int open = 1;
    int deepest = 1;
    while (open > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        open++;
        deepest = Math.max(deepest, open);
      } else if (token.isStructEnd()) {
        open--;
      }
    }
    return deepest;
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
