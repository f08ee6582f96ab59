package dev.millrace.normalizer;

import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.types.Coerced;
import dev.millrace.normalizer.types.Coercion;
import dev.millrace.normalizer.types.RawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pairs the scalars of one event with those of its rows: each value of the one must be some value
 * of the other, after the specification's coercion.
 */
final class Scalars {
  private static final JsonFactory EVENTS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * A value in a row.
   *
   * @param type its column's; null inside a container that is kept whole
   */
  private record Cell(DataType type, JsonNode value) {}

  private final List<RawValue> sources = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();

  private Scalars() {}

  /** What of the event is in no row, and what of the rows is not in the event; empty if all is. */
  static String unpaired(String event, Map<String, List<JsonNode>> rows, Schema schema) {
    Scalars scalars = new Scalars();
    scalars.collectEvent(event);
    rows.forEach(
        (table, inTable) ->
            inTable.forEach(
                row ->
                    row.properties()
                        .forEach(
                            each ->
                                scalars.collectCell(
                                    each.getKey(),
                                    schema.table(table).columns().get(each.getKey()).type(),
                                    each.getValue()))));
    return scalars.pair();
  }

  private void collectEvent(String event) {
    try (JsonParser parser = EVENTS.createParser(ObjectReadContext.empty(), event)) {
      parser.nextToken();
      collect(tree(parser));
    }
  }

  /** Maps, lists and {@link RawValue}s; of a repeated key the last value (M14). */
  private static Object tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          members.put(key, tree(parser));
        }
        yield List.copyOf(members.values());
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(tree(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> new RawValue(RawValue.Kind.STRING, parser.getString().replace("\0", ""));
      case VALUE_NUMBER_INT -> new RawValue(RawValue.Kind.INT, parser.getString());
      case VALUE_NUMBER_FLOAT -> new RawValue(RawValue.Kind.FLOAT, parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> new RawValue(RawValue.Kind.BOOL, parser.getString());
      default -> List.of();
    };
  }

  private void collect(Object value) {
    if (value instanceof List<?> list) {
      list.forEach(this::collect);
    } else {
      sources.add((RawValue) value);
    }
  }

  private void collectCell(String column, DataType type, JsonNode value) {
    if (column.startsWith("_dlt_") || column.equals("_millrace_received_at")) {
      return;
    }
    if (value.isContainer()) {
      collectInner(value);
    } else if (type == DataType.TEXT && isDump(value.asString())) {
      collectInner(JSON.readTree(value.asString()));
    } else {
      cells.add(new Cell(type, value));
    }
  }

  /** Whether the text is a container that was kept whole and came into a text column. */
  private static boolean isDump(String text) {
    return (text.startsWith("{\"") || text.startsWith("[") || text.equals("{}"))
        && !text.contains(" ]");
  }

  private void collectInner(JsonNode value) {
    if (value.isContainer()) {
      value.values().forEach(this::collectInner);
    } else if (!value.isNull()) {
      cells.add(new Cell(null, value));
    }
  }

  /** Looks for a perfect matching, by augmenting paths. */
  private String pair() {
    int[] cellOf = new int[sources.size()];
    int[] sourceOf = new int[cells.size()];
    Arrays.fill(cellOf, -1);
    Arrays.fill(sourceOf, -1);
    StringBuilder unpaired = new StringBuilder();
    for (int source = 0; source < cellOf.length; source++) {
      if (!augment(source, new boolean[cells.size()], cellOf, sourceOf)) {
        unpaired.append(sources.get(source)).append(" is in no row\n");
      }
    }
    for (int cell = 0; cell < sourceOf.length; cell++) {
      if (sourceOf[cell] < 0) {
        unpaired.append(cells.get(cell)).append(" is not in the event\n");
      }
    }
    return unpaired.toString();
  }

  private boolean augment(int source, boolean[] seen, int[] cellOf, int[] sourceOf) {
    for (int cell = 0; cell < sourceOf.length; cell++) {
      if (!seen[cell] && fits(sources.get(source), cells.get(cell))) {
        seen[cell] = true;
        if (sourceOf[cell] < 0 || augment(sourceOf[cell], seen, cellOf, sourceOf)) {
          cellOf[source] = cell;
          sourceOf[cell] = source;
          return true;
        }
      }
    }
    return false;
  }

  private static boolean fits(RawValue source, Cell cell) {
    if (cell.type() == null) {
      return fitsInside(source, cell.value());
    }
    return Coercion.coerce(source, cell.type(), null, null) instanceof Coerced.Stored stored
        && isSame(JSON.readTree(stored.json()), cell.value());
  }

  private static boolean fitsInside(RawValue source, JsonNode value) {
    return switch (source.kind()) {
      case BOOL -> value.isBoolean() && value.toString().equals(source.text());
      case STRING -> value.isString() && value.asString().equals(source.text());
      default ->
          value.isString()
              ? value.asString().equals(source.text())
              : value.isNumber() && isSame(JSON.readTree(source.text()), value);
    };
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.doubleValue() == other.doubleValue()
        : one.equals(other);
  }
}
