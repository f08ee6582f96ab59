package dev.millrace.loader.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.loader.ports.State;
import dev.millrace.normalizer.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredSchemaTest {
  private static final Schema SCHEMA = Schema.initial("shop");

  @Test
  void parse_dltsDocument_hasTheSchemaAlone() {
    assertThat(StoredSchema.parse(SCHEMA.document()))
        .isEqualTo(new StoredSchema(SCHEMA, Map.of(), List.of(), State.ABSENT));
  }

  @Test
  void parse_schemaObject_hasItsRawPaths() {
    StoredSchema stored =
        new StoredSchema(SCHEMA, Map.of("orders_abc", "Orders"), List.of(), State.ABSENT);

    assertThat(StoredSchema.parse(SchemaObject.write(stored, "telemetry"))).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[]",
        "{}",
        "{\"schema\": {}}",
        "{\"engine_version\": 11, \"tables\": 7}",
        "{\"engine_version\": 11, \"tables\": {\"a\": {\"columns\": {\"b\": {\"nullable\": 1}}}}}",
        "{\"engine_version\": 11, \"tables\": {\"a\": {\"columns\": {\"b\": {\"data_type\": \"x\"}}}}}"
      })
  void parse_anythingElse_isRefused(String content) {
    assertThatThrownBy(() -> StoredSchema.parse(content.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
