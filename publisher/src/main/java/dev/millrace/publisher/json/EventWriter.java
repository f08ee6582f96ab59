package dev.millrace.publisher.json;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events as JSON. Thread-safe. Which values can be written, and as what, is documented at
 * {@link dev.millrace.publisher.Publisher#publish}.
 */
final class EventWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_DEPTH = 100;

  /** Appends nothing to {@code out} that its caller may use if it throws. */
  void write(Map<?, ?> event, PayloadBuffer out) throws InvalidEventException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      writeMap(json, event, new ValuePath("the event", null, 0));
    } catch (JacksonException e) {
      throw new InvalidEventException("The event can't be written as JSON: " + kind(e));
    }
  }

  private static String kind(JacksonException e) {
    return String.valueOf(e.getOriginalMessage());
  }

  private void write(JsonGenerator json, Object value, ValuePath path)
      throws InvalidEventException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof CharSequence || value instanceof Character) {
      json.writeString(value.toString());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      writeNumber(json, number, path);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(json, map, path);
    } else if (value instanceof JsonNode node) {
      json.writeTree(node);
    } else if (value instanceof Iterable<?> values) {
      writeIterable(json, values, path);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value.getClass().isArray()) {
      writeArray(json, value, path);
    } else if (value instanceof Optional<?> optional) {
      write(json, optional.orElse(null), path);
    } else if (value instanceof Record row) {
      writeRecord(json, row, path);
    } else {
      String text = TextForm.of(value);
      if (text == null) {
        throw path.invalid(
            "is a " + value.getClass().getName() + ", which is not a value that events can have");
      }
      json.writeString(text);
    }
  }

  private static void writeNumber(JsonGenerator json, Number number, ValuePath path)
      throws InvalidEventException {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong) {
      json.writeNumber(number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw path.invalid("is " + number + ", which JSON has no number for");
      }
      if (number instanceof Float single) {
        json.writeNumber(single);
      } else {
        json.writeNumber(number.doubleValue());
      }
    } else if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else {
      throw path.invalid(
          "is a " + number.getClass().getName() + ", which is not a number that events can have");
    }
  }

  private void writeMap(JsonGenerator json, Map<?, ?> map, ValuePath path)
      throws InvalidEventException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (!(key instanceof CharSequence || key instanceof Enum<?>)) {
        throw path.invalid("has a key that is not text");
      }
      String name = key instanceof Enum<?> constant ? constant.name() : key.toString();
      json.writeName(name);
      write(json, entry.getValue(), child(path, name));
    }
    json.writeEndObject();
  }

  private void writeIterable(JsonGenerator json, Iterable<?> values, ValuePath path)
      throws InvalidEventException {
    json.writeStartArray();
    ValuePath element = child(path, "[]");
    for (Object value : values) {
      write(json, value, element);
    }
    json.writeEndArray();
  }

  private void writeArray(JsonGenerator json, Object array, ValuePath path)
      throws InvalidEventException {
    json.writeStartArray();
    ValuePath element = child(path, "[]");
    for (int i = 0; i < Array.getLength(array); i++) {
      write(json, Array.get(array, i), element);
    }
    json.writeEndArray();
  }

  private void writeRecord(JsonGenerator json, Record row, ValuePath path)
      throws InvalidEventException {
    json.writeStartObject();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      ValuePath field = child(path, component.getName());
      Object value = read(component, row, field);
      if (value != null) {
        json.writeName(component.getName());
        write(json, value, field);
      }
    }
    json.writeEndObject();
  }

  /** Null where the record has null. */
  static Object read(RecordComponent component, Record row, ValuePath path)
      throws InvalidEventException {
    try {
      if (!component.getAccessor().trySetAccessible()) {
        throw path.invalid(
            "is a component of a record that its module doesn't open to dev.millrace.publisher");
      }
      return component.getAccessor().invoke(row);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw path.invalid("is a component of a record whose accessor failed");
    }
  }

  private static ValuePath child(ValuePath path, String name) throws InvalidEventException {
    if (path.depth() >= MAX_DEPTH) {
      throw path.invalid("is nested deeper than " + MAX_DEPTH + " levels; does it contain itself?");
    }
    return new ValuePath(name, path, path.depth() + 1);
  }
}
