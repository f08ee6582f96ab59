package dev.millrace.cli.preview;

import dev.millrace.cli.console.Failure;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.schema.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder with a preview's rows, a file of newline JSON per table, the schema after them, and the
 * preview itself, by which a later preview knows that it may write over these. At most 32 files are
 * open at once. What is not finished is taken away when it is closed.
 */
final class RowFolder implements RowSink, AutoCloseable {
  /** dlt's document. */
  static final String SCHEMA = "schema.json";

  /** The preview's own document. */
  static final String PREVIEW = "preview.json";

  private static final int MAX_OPEN = 32;
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path folder;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, OutputStream> open = new LinkedHashMap<>(64, 0.75f, true);
  private boolean finished;

  private RowFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes a folder, made if it isn't there.
   *
   * @throws Failure if there is something in it that is not a preview's
   */
  static RowFolder in(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Failure.usage(folder + " is a file; name a folder for the rows");
    }
    Files.createDirectories(folder);
    EarlierPreview.deleteFrom(folder);
    return new RowFolder(folder);
  }

  /** The file of a table's rows, or null if there are none. */
  String fileOf(String table) {
    return files.get(table);
  }

  @Override
  public void rows(String table, byte[] buffer, int offset, int length, int rows)
      throws IOException {
    OutputStream out = open.get(table);
    if (out == null) {
      if (open.size() == MAX_OPEN) {
        open.remove(open.keySet().iterator().next()).close();
      }
      String file = files.computeIfAbsent(table, RowFile::name);
      out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              BUFFER_BYTES);
      open.put(table, out);
    }
    out.write(buffer, offset, length);
  }

  /** Writes what belongs to the rows, after the last of them. */
  void finish(Schema schema, String preview) throws IOException {
    for (OutputStream out : open.values()) {
      out.close();
    }
    open.clear();
    Files.write(folder.resolve(SCHEMA), schema.document());
    Files.writeString(folder.resolve(PREVIEW), preview);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    for (OutputStream out : open.values()) {
      out.close();
    }
    for (String file : files.values()) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder.resolve(SCHEMA));
    Files.deleteIfExists(folder.resolve(PREVIEW));
  }
}
