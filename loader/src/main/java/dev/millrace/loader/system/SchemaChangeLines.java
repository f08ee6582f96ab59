package dev.millrace.loader.system;

import dev.millrace.loader.ports.SystemRows;
import dev.millrace.normalizer.schema.DataType;
import dev.millrace.normalizer.schema.SchemaChange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes rows of {@link SystemTables#SCHEMA_CHANGES}. */
public final class SchemaChangeLines {
  private static final int CHANGE_ID_BYTES = 16;

  private SchemaChangeLines() {}

  /** The rows of a load's changes. */
  public static SystemRows of(String loadId, List<SchemaChange> changes, Instant now) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (SchemaChange change : changes) {
      lines.writeBytes(line(loadId, change, now));
    }
    return new SystemRows(
        SystemTables.SCHEMA_CHANGES, lines.toByteArray(), List.of(), changes.size(), loadId, null);
  }

  /**
   * What a change is known by, however often it is told: hex of the first 16 bytes of SHA-256 over
   * load id, table and column, joined by slashes; a new table's column is empty.
   */
  public static String changeId(String loadId, SchemaChange change) {
    String column = change.column() == null ? "" : change.column();
    String key = loadId + "/" + change.table() + "/" + column;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, CHANGE_ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static byte[] line(String loadId, SchemaChange change, Instant now) {
    return new RowLine()
        .timestamp("recorded_at", now)
        .text("change_id", changeId(loadId, change))
        .text("load_id", loadId)
        .text("kind", change.kind().word())
        .text("table_name", change.table())
        .text("column_name", change.column())
        .text("from_type", word(change.fromType()))
        .text("to_type", word(change.toType()))
        .text("first_row_id", change.firstRowId())
        .text("raw_path", change.rawPath())
        .toBytes();
  }

  private static String word(DataType type) {
    return type == null ? null : type.word();
  }
}
