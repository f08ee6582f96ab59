package dev.millrace.loader.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DltRowsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T21:00:00.5Z");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final DltRows rows = new DltRows("millrace", "telemetry", "duckdb");

  private static String unpack(String text) throws IOException {
    byte[] packed = Base64.getDecoder().decode(text);
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void state_isWhatDltWouldHaveStored() throws IOException {
    SystemRows made = rows.state("1795451447.201694004711", NOW);
    JsonNode row = JSON.readTree(made.lines());

    // The hash was computed with Python: base64 of SHA3-256 over the sorted, compact JSON.
    assertThat(row.get("version_hash").asString())
        .isEqualTo("qx7qdsl4T1HMk7qZBFuCD2WF40J9rUxoBN1vnrlfbpY=");
    assertThat(JSON.readTree(unpack(row.get("state").asString())))
        .isEqualTo(
            JSON.readTree(
                """
                {"_state_version": 1, "_state_engine_version": 4, "pipeline_name": "millrace",
                 "default_schema_name": "millrace", "dataset_name": "telemetry",
                 "schema_names": ["millrace"], "destination_type": "dlt.destinations.duckdb",
                 "destination_name": null, "_version_hash": "qx7qdsl4T1HMk7qZBFuCD2WF40J9rUxoBN1vnrlfbpY="}
                """));
    assertThat(row.get("created_at").asString()).isEqualTo("2026-11-23T21:00:00.500000Z");
    assertThat(made.unlessExists()).isEqualTo("version_hash");
  }

  @Test
  void state_everyRow_hasTheColumnsThatAreRequired() throws IOException {
    JsonNode row = JSON.readTree(rows.state("1.5", NOW).lines());

    assertThat(SystemTables.PIPELINE_STATE.columns().stream().map(Column::name))
        .containsExactlyElementsOf(row.propertyNames());
  }

  @Test
  void version_smallSchema_isPlainJson() throws IOException {
    Schema schema = Schema.initial("millrace").savedAfter(Schema.initial("millrace"));
    JsonNode row =
        JSON.readTree(rows.version(schema, schema.versionHash(), 1_795_467_600_500_000L).lines());

    assertThat(Schema.parse(row.get("schema").asString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(schema);
    assertThat(row.get("version").asLong()).isEqualTo(1);
    assertThat(row.get("inserted_at").asString()).isEqualTo("2026-11-23T21:00:00.500000Z");
    assertThat(DltRows.document(row.get("schema").asString())).isEqualTo(schema.document());
  }

  @Test
  void version_schemaBeyondTenMebibytes_isPacked() throws IOException {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < 200_000; i++) {
      columns.put("column_" + i, Column.of("column_" + i, DataType.TEXT));
    }
    Schema schema = Schema.initial("millrace").with(List.of(new Table("wide", columns, Map.of())));
    JsonNode row = JSON.readTree(rows.version(schema, "hash", 1).lines());

    assertThat(unpack(row.get("schema").asString()))
        .isEqualTo(new String(schema.document(), StandardCharsets.UTF_8));
  }

  @Test
  void load_isCompleted() {
    SystemRows made = rows.load("1.5", "hash", NOW);

    assertThat(new String(made.lines(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"load_id\":\"1.5\",\"schema_name\":\"millrace\",\"status\":0,"
                + "\"inserted_at\":\"2026-11-23T21:00:00.500000Z\","
                + "\"schema_version_hash\":\"hash\"}\n");
  }
}
