package dev.millrace.tests.cloud;

import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String of(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** The same object with its keys in order. */
  static String sorted(String object) {
    return of(MAPPER.readValue(object, TreeMap.class));
  }
}
