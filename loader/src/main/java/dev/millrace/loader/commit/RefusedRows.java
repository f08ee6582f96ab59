package dev.millrace.loader.commit;

import dev.millrace.loader.packages.Manifest;
import dev.millrace.loader.packages.PackageTable;
import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.packages.Part;
import dev.millrace.loader.packages.PartLines;
import dev.millrace.loader.ports.BatchRef;
import dev.millrace.loader.ports.Warehouse.RefusedRow;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes bad events of the rows that a warehouse refused, and of those below them that it took: a
 * row without the one above it belongs to nothing. The lines are the same whoever makes them. Parts
 * are read as streams; in memory are the ids of refused rows and of those below them.
 */
final class RefusedRows {
  private final Packages packages;
  private final BatchRef batch;
  private final Manifest manifest;
  private final Schema schema;

  RefusedRows(Packages packages, BatchRef batch, Manifest manifest, Schema schema) {
    this.packages = packages;
    this.batch = batch;
    this.manifest = manifest;
    this.schema = schema;
  }

  /** Stages the bad events. */
  Refused stage(List<RefusedRow> rows) throws IOException {
    if (rows.isEmpty()) {
      return Refused.NONE;
    }
    Map<String, Map<Long, String>> byLocation = new HashMap<>();
    Map<String, Long> byTable = new TreeMap<>();
    long roots = 0;
    for (RefusedRow row : rows) {
      byLocation
          .computeIfAbsent(row.location(), location -> new HashMap<>())
          .put(row.line(), row.detail());
      byTable.merge(row.table(), 1L, Long::sum);
      roots += schema.table(row.table()).parent() == null ? 1 : 0;
    }
    String path = packages.path(manifest.loadId(), "refused.jsonl");
    RefusedLines lines = new RefusedLines(batch, manifest.loadId(), schema);
    try (OutputStream out = packages.create(path)) {
      for (String table : parentsFirst()) {
        stage(table, byLocation, lines, out);
      }
    }
    return new Refused(byTable, roots, lines.count(), path);
  }

  private void stage(
      String table, Map<String, Map<Long, String>> refused, RefusedLines lines, OutputStream out)
      throws IOException {
    PackageTable parts = manifest.tables().get(table);
    for (Part part : parts.parts()) {
      Map<Long, String> details = refused.getOrDefault(packages.location(part), Map.of());
      if (details.isEmpty() && !lines.mayBeOrphans(table)) {
        continue;
      }
      try (InputStream content = packages.read(part)) {
        PartLines rows = new PartLines(content);
        byte[] row;
        for (long line = 0; (row = rows.next()) != null; line++) {
          String detail = details.get(line);
          if (detail != null) {
            out.write(lines.refused(table, row, detail));
          } else if (lines.mayBeOrphans(table)) {
            byte[] orphan = lines.orphan(table, row);
            if (orphan != null) {
              out.write(orphan);
            }
          }
        }
      }
    }
  }

  private List<String> parentsFirst() {
    return manifest.tables().keySet().stream()
        .sorted(Comparator.comparingInt(this::depth).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private int depth(String name) {
    int depth = 0;
    for (Table table = schema.table(name); table != null && table.parent() != null; depth++) {
      table = schema.table(table.parent());
    }
    return depth;
  }
}
