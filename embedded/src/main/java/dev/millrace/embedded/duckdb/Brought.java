package dev.millrace.embedded.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process has brought a file to, for as long as the file is as this process left it.
 * Thread-safe.
 */
final class Brought {
  private final Path file;
  private final Map<String, PhysicalTable> tables = new HashMap<>();
  private Stamp left;

  Brought(Path file) {
    this.file = file;
  }

  /** A file's identity and age. */
  private record Stamp(Object key, FileTime modified, long bytes) {}

  /** Whether all of the tables are as they are wanted; false where nobody can be sure. */
  synchronized boolean covers(Collection<PhysicalTable> wanted) {
    Stamp now = stamp();
    if (now == null || !now.equals(left)) {
      tables.clear();
      return false;
    }
    for (PhysicalTable table : wanted) {
      if (!table.equals(tables.get(table.name()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes note of tables that were brought, and of how the file looks. To be called while nobody
   * else can write to the file.
   */
  synchronized void add(Collection<PhysicalTable> brought) {
    brought.forEach(table -> tables.put(table.name(), table));
    left = stamp();
  }

  /** Null where the file can't be trusted to be what it seems: gone, or with a log beside it. */
  private Stamp stamp() {
    if (Files.exists(file.resolveSibling(file.getFileName() + ".wal"))) {
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return null;
    }
  }
}
