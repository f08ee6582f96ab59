package dev.millrace.loader.ports;

import dev.millrace.loader.system.SystemTable;
import java.util.Objects;

/**
 * Rows for one system table.
 *
 * @param table which
 * @param lines newline JSON in the form of the parts; empty if {@code location} is set
 * @param location a staged part with the rows, as {@link Staging#location} gives it, or null
 * @param rows how many
 * @param unlessExists a column of the table: the rows are written only if no row of the table has
 *     the same value there; null to write them always
 */
public record SystemRows(
    SystemTable table, byte[] lines, String location, long rows, String unlessExists) {
  public SystemRows {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(lines, "lines");
  }
}
