package dev.millrace.loader.system;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.normalizer.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows by which dlt's own Python knows a dataset as its own (spec 5).
 *
 * @param schemaName dlt's schema name and pipeline name
 * @param dataset the dataset's name
 * @param destination dlt's name for the warehouse, such as {@code duckdb}
 */
public record DltRows(String schemaName, String dataset, String destination) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int STATE_ENGINE_VERSION = 4;
  private static final int STATE_VERSION = 1;
  private static final int COMPLETED = 0;
  private static final int ROW_ID_BYTES = 10;

  /** A longer schema document is packed: BigQuery's limit for a text. */
  private static final int MAX_PLAIN_DOCUMENT_BYTES = 10 << 20;

  private static final int MAX_DOCUMENT_BYTES = 64 << 20;

  /**
   * The schema's version, unless it is there.
   *
   * @param savedMicros when the version was saved, in microseconds since 1970 UTC, larger for each
   *     later version. Whatever the order in which loads are committed, the newest row then has the
   *     columns of all others
   */
  public SystemRows version(Schema schema, String versionHash, long savedMicros) {
    byte[] document = schema.document();
    String text =
        document.length > MAX_PLAIN_DOCUMENT_BYTES
            ? packed(document)
            : new String(document, StandardCharsets.UTF_8);
    RowLine row =
        new RowLine()
            .number("version", schema.version())
            .number("engine_version", Schema.ENGINE_VERSION)
            .timestamp("inserted_at", savedMicros)
            .text("schema_name", schema.name())
            .text("version_hash", versionHash)
            .text("schema", text);
    return new SystemRows(
        SystemTables.VERSION, row.toBytes(), List.of(), 1, versionHash, "version_hash");
  }

  /**
   * The document that a row of {@code _dlt_version} holds, packed or not.
   *
   * @param text the row's {@code schema}
   * @throws IllegalArgumentException if it is neither JSON nor packed, or more than 64 MiB
   */
  public static byte[] document(String text) {
    if (text.startsWith("{")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayInputStream packed = new ByteArrayInputStream(Base64.getDecoder().decode(text));
    try (InflaterInputStream unpacked = new InflaterInputStream(packed)) {
      byte[] document = unpacked.readNBytes(MAX_DOCUMENT_BYTES + 1);
      if (document.length > MAX_DOCUMENT_BYTES) {
        throw new IllegalArgumentException("the document unpacks to more than 64 MiB");
      }
      return document;
    } catch (IOException e) {
      throw new IllegalArgumentException("the document can't be unpacked: " + e.getMessage(), e);
    }
  }

  /** The pipeline's state, unless it is there. It changes with these names alone. */
  public SystemRows state(String loadId, Instant now) {
    Map<String, Object> state = new TreeMap<>();
    state.put("pipeline_name", schemaName);
    state.put("default_schema_name", schemaName);
    state.put("dataset_name", dataset);
    state.put("schema_names", List.of(schemaName));
    state.put("destination_type", "dlt.destinations." + destination);
    state.put("destination_name", null);
    byte[] hash = digest("SHA3-256", JSON.writeValueAsBytes(state));
    String versionHash = Base64.getEncoder().encodeToString(hash);
    state.put("_state_version", STATE_VERSION);
    state.put("_state_engine_version", STATE_ENGINE_VERSION);
    state.put("_version_hash", versionHash);
    RowLine row =
        new RowLine()
            .number("version", STATE_VERSION)
            .number("engine_version", STATE_ENGINE_VERSION)
            .text("pipeline_name", schemaName)
            .text("state", packed(JSON.writeValueAsBytes(state)))
            .timestamp("created_at", now)
            .text("version_hash", versionHash)
            .text("_dlt_load_id", loadId)
            .text("_dlt_id", rowId(versionHash));
    return new SystemRows(
        SystemTables.PIPELINE_STATE, row.toBytes(), List.of(), 1, versionHash, "version_hash");
  }

  /** That the load is complete. Written last. */
  public SystemRows load(String loadId, String versionHash, Instant now) {
    RowLine row =
        new RowLine()
            .text("load_id", loadId)
            .text("schema_name", schemaName)
            .number("status", COMPLETED)
            .timestamp("inserted_at", now)
            .text("schema_version_hash", versionHash);
    return new SystemRows(SystemTables.LOADS, row.toBytes(), List.of(), 1, loadId, null);
  }

  private static String rowId(String versionHash) {
    byte[] digest = digest("SHA-256", ("s:" + versionHash).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ROW_ID_BYTES));
  }

  private static String packed(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory took no bytes", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }
}
