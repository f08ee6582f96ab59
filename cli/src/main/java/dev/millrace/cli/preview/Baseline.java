package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import dev.millrace.embedded.duckdb.DatasetSchema;
import dev.millrace.embedded.duckdb.DuckDbFile;
import dev.millrace.embedded.folder.StateFolder;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.State;
import dev.millrace.loader.schema.StoredSchema;
import dev.millrace.loader.settings.Settings;
import dev.millrace.normalizer.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The schema that events are held against.
 *
 * @param name what the person called it; null where nothing was named
 * @param stored the schema; one that has seen no event where nothing was named
 */
record Baseline(String name, StoredSchema stored) {
  private static final int MAX_DOCUMENT_BYTES = 64 << 20;
  private static final int DUCKDB_MAGIC_OFFSET = 8;
  private static final String DUCKDB_MAGIC = "DUCK";

  /** No table is known. */
  static Baseline nothing(Settings settings) {
    Schema initial = Schema.initial(settings.schemaName());
    return new Baseline(null, new StoredSchema(initial, Map.of(), List.of(), State.ABSENT));
  }

  /**
   * Reads a DuckDB file's newest schema, or a schema as JSON. DuckDB's library is loaded for the
   * former only.
   *
   * @throws Failure if it is neither
   */
  static Baseline of(Path file, Settings settings) throws IOException {
    if (Files.isDirectory(file)) {
      throw Failure.usage(file + " is a folder; name a DuckDB file or a schema as JSON");
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(DUCKDB_MAGIC_OFFSET + DUCKDB_MAGIC.length());
    }
    StoredSchema stored = isDuckDb(start) ? ofDuckDb(file, settings) : ofJson(file);
    return new Baseline(file.toString(), stored);
  }

  boolean isNamed() {
    return name != null;
  }

  private static boolean isDuckDb(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1)
        .startsWith(DUCKDB_MAGIC, DUCKDB_MAGIC_OFFSET);
  }

  private static StoredSchema ofDuckDb(Path file, Settings settings) throws IOException {
    try {
      DuckDbFile database = new DuckDbFile(file, DuckDbFile.LOCK_WAIT);
      return new DatasetSchema(database, settings.dataset()).newest(settings.schemaName());
    } catch (LoadException e) {
      throw Failure.usage(e.getMessage(), e);
    }
  }

  private static StoredSchema ofJson(Path file) throws IOException {
    if (Files.size(file) > MAX_DOCUMENT_BYTES) {
      throw Failure.usage(file + " is larger than 64 MiB: that is no schema");
    }
    try {
      return StoredSchema.parse(StateFolder.content(Files.readAllBytes(file)));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "%s is neither a DuckDB file nor a schema as JSON: %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
