package dev.millrace.loader.packages;

import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Staging;
import dev.millrace.loader.system.BadEventLine;
import dev.millrace.loader.system.SystemTables;
import dev.millrace.normalizer.BadEvent;
import dev.millrace.normalizer.BadEventSink;
import dev.millrace.normalizer.RowSink;
import dev.millrace.normalizer.schema.Column;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One attempt at a load package: writes the parts under {@code packages/<load id>/<attempt>/}. At
 * most 32 streams are open at once; the least recently used is closed for another, and its table
 * goes on with its next part. Used by one thread.
 */
public final class Attempt implements RowSink, BadEventSink {
  private static final long MAX_PART_BYTES = 256L << 20;
  private static final int MAX_OPEN = 32;

  private final Staging staging;
  private final BatchRef batch;
  private final String loadId;
  private final String id;
  private final long maxPartBytes;
  private final Map<String, TableParts> tables = new LinkedHashMap<>();
  private final Map<String, TableParts> open = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, Long> badByReason = new TreeMap<>();
  private final List<String> otherPaths = new ArrayList<>();

  Attempt(Staging staging, BatchRef batch, String loadId, String id) {
    this(staging, batch, loadId, id, MAX_PART_BYTES);
  }

  Attempt(Staging staging, BatchRef batch, String loadId, String id, long maxPartBytes) {
    this.staging = staging;
    this.batch = batch;
    this.loadId = loadId;
    this.id = id;
    this.maxPartBytes = maxPartBytes;
  }

  /** The attempt's id, unique among the attempts at the package. */
  public String id() {
    return id;
  }

  @Override
  public void rows(String table, byte[] buffer, int offset, int length, int rows)
      throws IOException {
    TableParts parts =
        tables.computeIfAbsent(table, name -> new TableParts(staging, path(name), maxPartBytes));
    if (open.get(table) == null) {
      if (open.size() == MAX_OPEN) {
        String eldest = open.keySet().iterator().next();
        open.remove(eldest).close();
      }
      open.put(table, parts);
    }
    parts.write(buffer, offset, length, rows);
  }

  @Override
  public void bad(BadEvent event) throws IOException {
    badByReason.merge(event.reason().code(), 1L, Long::sum);
    byte[] line = BadEventLine.of(batch, loadId, event);
    rows(SystemTables.BAD_EVENTS.name(), line, 0, line.length, 1);
  }

  /** Ends all parts. */
  public void close() throws IOException {
    for (TableParts parts : tables.values()) {
      parts.close();
    }
    open.clear();
  }

  /** Lets go of all streams; what they have written is of no use. */
  void abandon() {
    for (TableParts parts : tables.values()) {
      try {
        parts.close();
      } catch (IOException e) {
        // The part is to be deleted anyway.
        continue;
      }
    }
    open.clear();
  }

  /** The event tables that have rows, with the columns that the schema gives them. */
  public Map<String, PackageTable> tables(Schema schema) {
    Map<String, PackageTable> written = new LinkedHashMap<>();
    tables.forEach(
        (name, parts) -> {
          if (!name.equals(SystemTables.BAD_EVENTS.name())) {
            written.put(name, PackageTable.of(columns(schema.table(name)), parts.parts()));
          }
        });
    return written;
  }

  /** The parts with bad events. */
  public List<Part> badEvents() {
    TableParts parts = tables.get(SystemTables.BAD_EVENTS.name());
    return parts == null ? List.of() : parts.parts();
  }

  /** Bad events, partial ones too, by reason code. */
  public Map<String, Long> badByReason() {
    return badByReason;
  }

  /** Stages the schema's document beside the parts and returns its path. */
  public String stage(Schema schema) throws IOException {
    String path = path("schema") + ".json";
    otherPaths.add(path);
    try (OutputStream out = staging.create(path)) {
      out.write(schema.document());
    }
    return path;
  }

  /** All that the attempt has written, or has begun to write. */
  List<String> paths() {
    List<String> paths = new ArrayList<>(otherPaths);
    tables.values().forEach(parts -> paths.addAll(parts.paths()));
    return paths;
  }

  private String path(String name) {
    return "packages/" + loadId + "/" + id + "/" + name;
  }

  private static List<String> columns(Table table) {
    return table.columns().values().stream().filter(Column::isComplete).map(Column::name).toList();
  }
}
