package dev.millrace.loader.packages;

import java.util.Objects;

/**
 * A staged object with rows of one table, newline JSON.
 *
 * @param path in the staging place
 * @param rows lines in it
 * @param bytes of it
 */
public record Part(String path, long rows, long bytes) {
  public Part {
    Objects.requireNonNull(path, "path");
  }
}
