package dev.millrace.collector.events;

import dev.millrace.collector.http.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes a JSON object with some of its fields changed; the others stay as they were written. */
final class ObjectWriter {
  private static final JsonStringEncoder TEXTS = JsonStringEncoder.getInstance();

  private final Map<String, Slice> fields = new LinkedHashMap<>();

  ObjectWriter(Map<String, JsonValue> fields) {
    fields.forEach((name, value) -> this.fields.put(name, value.slice()));
  }

  void put(String name, Slice value) {
    fields.put(name, value);
  }

  void put(String name, String text) {
    fields.put(name, Slice.of(quoted(text)));
  }

  void remove(String name) {
    fields.remove(name);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Adds to an object under this name what another has and it has not. */
  void merge(String name, JsonValue other) throws RefusedException {
    Slice own = fields.get(name);
    if (!other.isObject()) {
      if (own == null) {
        fields.put(name, other.slice());
      }
    } else if (own == null || isNull(own)) {
      fields.put(name, other.slice());
    } else if (own.bytes()[own.from()] == '{') {
      fields.put(name, merged(JsonScan.fields(other.slice()), JsonScan.fields(own)));
    }
  }

  private static Slice merged(Map<String, JsonValue> under, Map<String, JsonValue> over) {
    Map<String, JsonValue> all = new LinkedHashMap<>(under);
    over.forEach(
        (name, value) -> {
          if (value.kind() != JsonValue.Kind.NULL || !all.containsKey(name)) {
            all.put(name, value);
          }
        });
    return Slice.of(new ObjectWriter(all).bytes());
  }

  private static boolean isNull(Slice value) {
    return value.bytes()[value.from()] == 'n';
  }

  byte[] bytes() {
    int length = fields.values().stream().mapToInt(Slice::length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 24 * fields.size() + 2);
    char before = '{';
    for (Map.Entry<String, Slice> field : fields.entrySet()) {
      out.write(before);
      out.writeBytes(quoted(field.getKey()));
      out.write(':');
      field.getValue().writeTo(out);
      before = ',';
    }
    if (before == '{') {
      out.write('{');
    }
    out.write('}');
    return out.toByteArray();
  }

  private static byte[] quoted(String text) {
    return ('"' + new String(TEXTS.quoteAsCharArray(text)) + '"').getBytes(StandardCharsets.UTF_8);
  }
}
