package dev.millrace.normalizer.schema;

import java.nio.charset.StandardCharsets;

/**
 * About how many bytes a schema's stored document has. It must not grow without end: each version
 * is kept in one row of {@code _dlt_version}, packed where it is long, and a text of BigQuery's has
 * room for 10 MiB.
 */
public final class DocumentSize {
  /**
   * From here on nothing is added (departure M12). Made of names that don't pack at all, a document
   * of so many bytes packs to 9 MiB of base64: each name stands in it twice.
   */
  public static final long MAX = 20L << 20;

  private static final int TABLE = 200;
  private static final int COLUMN = 64;

  private DocumentSize() {}

  public static long of(Schema schema) {
    long bytes = 0;
    for (Table table : schema.tables().values()) {
      bytes += ofTable(table.name());
      for (Column column : table.columns().values()) {
        bytes += ofColumn(column.name(), column.description());
      }
    }
    return bytes;
  }

  /** Of a table without its columns. */
  public static long ofTable(String name) {
    return TABLE + 2L * length(name);
  }

  /**
   * @param description null if there is none; it stands in the document once, and so counts for
   *     more than a name of that length
   */
  public static long ofColumn(String name, String description) {
    return COLUMN + 2L * length(name) + (description == null ? 0 : 3L * length(description));
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
