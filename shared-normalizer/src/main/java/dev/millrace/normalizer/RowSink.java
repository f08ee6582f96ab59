package dev.millrace.normalizer;

import java.io.IOException;

/** Takes the rows that a {@link Normalizer} makes. Called by one thread. */
@FunctionalInterface
public interface RowSink {
  /**
   * Takes whole lines of newline JSON for one table, each line with its newline. Only rows of
   * events that are good arrive here.
   *
   * @param table the table's name
   * @param buffer holds the lines; it is the normaliser's and changes after the call
   * @param offset where the first line starts
   * @param length of all lines, in bytes
   * @param rows how many lines there are
   */
  void rows(String table, byte[] buffer, int offset, int length, int rows) throws IOException;
}
