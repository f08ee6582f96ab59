package dev.millrace.loader.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SchemaChangeLinesTest {
  private static final SchemaChange CHANGE =
      new SchemaChange(
          SchemaChange.Kind.VARIANT,
          "orders",
          "total__v_text",
          DataType.BIGINT,
          DataType.TEXT,
          "row",
          null);

  @Test
  void of_change_isItsRow() throws IOException {
    byte[] lines = SchemaChangeLines.of("1.5", List.of(CHANGE), Instant.EPOCH).lines();

    // The id was computed with Python: SHA-256 of 1.5/orders/total__v_text, 32 hex digits of it.
    assertThat(JsonMapper.shared().readTree(lines))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"recorded_at": "1970-01-01T00:00:00.000000Z",
                     "change_id": "f2c30779370d1a5209be08d053fd77bc", "load_id": "1.5", "kind": "variant",
                     "table_name": "orders", "column_name": "total__v_text",
                     "from_type": "bigint", "to_type": "text", "first_row_id": "row"}
                    """));
  }

  @Test
  void changeId_otherLoad_isAnother() {
    assertThat(SchemaChangeLines.changeId("1.5", CHANGE))
        .isNotEqualTo(SchemaChangeLines.changeId("1.6", CHANGE));
  }
}
