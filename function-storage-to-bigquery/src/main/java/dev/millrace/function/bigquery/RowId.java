package dev.millrace.function.bigquery;

import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a row of a part is found by in its table.
 *
 * @param id its {@code _dlt_id}
 * @param receivedAt its {@code _millrace_received_at}, which is its partition; null if it has none
 */
record RowId(String id, Instant receivedAt) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of a line, which is read no further than to both. */
  static RowId of(byte[] line) {
    String id = null;
    Instant receivedAt = null;
    try (JsonParser row = JSON.createParser(line)) {
      row.nextToken();
      while ((id == null || receivedAt == null) && row.nextToken() == JsonToken.PROPERTY_NAME) {
        String column = row.currentName();
        row.nextToken();
        switch (column) {
          case WantedTable.ID -> id = row.getString();
          case WantedTable.RECEIVED_AT -> receivedAt = Instant.parse(row.getString());
          default -> row.skipChildren();
        }
      }
    }
    return new RowId(id, receivedAt);
  }
}
