package dev.millrace.loader.ports;

import dev.millrace.loader.system.SystemTable;
import java.util.List;
import java.util.Objects;

/**
 * Rows for one system table.
 *
 * @param table which
 * @param lines newline JSON in the form of the parts; empty if there are {@code locations}
 * @param locations staged parts with the rows, as {@link Staging#location} gives them; empty if the
 *     rows are in {@code lines}
 * @param rows how many
 * @param key what the rows are known by, unique among all rows of the table that were ever written:
 *     however often they are written, under the same key they are there once. A load id and what
 *     became of the load, or the value of {@code unlessExists}
 * @param unlessExists a column of the table: the rows are written only if no row of the table has
 *     the same value there, which is {@code key}; null to write them whatever is there
 */
public record SystemRows(
    SystemTable table,
    byte[] lines,
    List<String> locations,
    long rows,
    String key,
    String unlessExists) {
  public SystemRows {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(lines, "lines");
    locations = List.copyOf(locations);
    Objects.requireNonNull(key, "key");
  }
}
