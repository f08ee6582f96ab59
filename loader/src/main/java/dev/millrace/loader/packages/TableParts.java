package dev.millrace.loader.packages;

import dev.millrace.loader.ports.Staging;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes one table's rows, part after part. */
final class TableParts {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Staging staging;
  private final String pathPrefix;
  private final long maxPartBytes;
  private final List<Part> closed = new ArrayList<>();
  private int begun;
  private OutputStream open;
  private String path;
  private long rows;
  private long bytes;

  /**
   * @param pathPrefix what comes before {@code .<part>.jsonl}
   */
  TableParts(Staging staging, String pathPrefix, long maxPartBytes) {
    this.staging = staging;
    this.pathPrefix = pathPrefix;
    this.maxPartBytes = maxPartBytes;
  }

  void write(byte[] buffer, int offset, int length, int lines) throws IOException {
    if (open != null && bytes + length > maxPartBytes) {
      close();
    }
    if (open == null) {
      path = path(begun);
      begun++;
      open = new BufferedOutputStream(staging.create(path), BUFFER_BYTES);
      rows = 0;
      bytes = 0;
    }
    open.write(buffer, offset, length);
    rows += lines;
    bytes += length;
  }

  /** Ends the current part; what comes next goes to another. */
  void close() throws IOException {
    if (open != null) {
      OutputStream ended = open;
      open = null;
      ended.close();
      closed.add(new Part(path, rows, bytes));
    }
  }

  /** The parts that are there, whole. */
  List<Part> parts() {
    return List.copyOf(closed);
  }

  /** The paths of all parts that were begun. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (int part = 0; part < begun; part++) {
      paths.add(path(part));
    }
    return paths;
  }

  private String path(int part) {
    return pathPrefix + "." + part + ".jsonl";
  }
}
