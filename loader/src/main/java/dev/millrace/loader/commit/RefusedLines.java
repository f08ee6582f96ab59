package dev.millrace.loader.commit;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.system.RowLine;
import dev.millrace.normalizer.schema.Schema;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of {@code _millrace_bad_events} for refused rows, parents before children. What is kept
 * of a row is its line, with privacy rules applied as in the tables.
 */
final class RefusedLines {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_RAW_BYTES = 64 << 10;

  private final BatchRef batch;
  private final String loadId;
  private final Schema schema;

  /** By table, by {@code _dlt_id}: the id of the event's root row, of rows that lack one above. */
  private final Map<String, Map<String, String>> below = new HashMap<>();

  private long count;

  RefusedLines(BatchRef batch, String loadId, Schema schema) {
    this.batch = batch;
    this.loadId = loadId;
    this.schema = schema;
  }

  /** How many lines there are. */
  long count() {
    return count;
  }

  /** Whether rows of the table above are refused, or below such. */
  boolean mayBeOrphans(String table) {
    String parent = schema.table(table).parent();
    return parent != null && below.containsKey(parent);
  }

  /** A row that was refused. */
  byte[] refused(String table, byte[] row, String detail) {
    JsonNode json = JSON.readTree(row);
    String event = eventId(table, json);
    note(table, json, event);
    boolean isRoot = schema.table(table).parent() == null;
    return line(table, json, row, event, !isRoot, "the warehouse refused the row: " + detail);
  }

  /** A row that is in, below one that is not; null if the row above it is in. */
  byte[] orphan(String table, byte[] row) {
    JsonNode json = JSON.readTree(row);
    String parent = schema.table(table).parent();
    if (!below.get(parent).containsKey(json.path("_dlt_parent_id").asString(""))) {
      return null;
    }
    String event = eventId(table, json);
    note(table, json, event);
    return line(
        table,
        json,
        row,
        event,
        true,
        "the row is in table %s, and the one above it in %s was refused".formatted(table, parent));
  }

  private void note(String table, JsonNode row, String event) {
    below
        .computeIfAbsent(table, name -> new HashMap<>())
        .put(row.path("_dlt_id").asString(""), event);
  }

  /** The root row's id: as the row says it, or as the one above does; null if nobody does. */
  private String eventId(String table, JsonNode row) {
    String parent = schema.table(table).parent();
    if (parent == null) {
      return row.path("_dlt_id").asString(null);
    }
    if (row.has("_dlt_root_id")) {
      return row.get("_dlt_root_id").asString();
    }
    String parentId = row.path("_dlt_parent_id").asString(null);
    return schema.table(parent).parent() == null
        ? parentId
        : below.getOrDefault(parent, Map.of()).get(parentId);
  }

  private byte[] line(
      String table, JsonNode row, byte[] raw, String event, boolean partial, String detail) {
    count++;
    return new RowLine()
        .text("received_at", row.path("_millrace_received_at").asString(null))
        .text("load_id", loadId)
        .text("bucket", batch.bucket())
        .text("object", batch.name())
        .number("generation", batch.generation())
        .text("reason", Refused.REASON)
        .text("detail", detail)
        .bool("partial", partial)
        .text("event_id", event)
        .text("table_name", table)
        .number("raw_bytes", raw.length)
        .text("raw_sha256", sha256(raw))
        .binary("raw", raw.length > MAX_RAW_BYTES ? Arrays.copyOf(raw, MAX_RAW_BYTES) : raw)
        .toBytes();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
