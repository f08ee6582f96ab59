package dev.millrace.tests.cloud;

import tools.jackson.databind.json.JsonMapper;

/** Values as JSON. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String of(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
