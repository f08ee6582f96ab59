package dev.millrace.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/** Counts lines, as an editor would. */
final class Lines {
  private Lines() {}

  /**
   * The lines, from 1, in which bytes of a text stand. What lies beyond damage is not in it. Reads
   * the text once, up to the last of them.
   *
   * @param offsets counted from 0
   */
  static Map<Long, Long> at(SortedSet<Long> offsets, InputStream text) {
    Map<Long, Long> lines = new HashMap<>();
    byte[] chunk = new byte[1 << 16];
    long position = 0;
    long line = 1;
    try {
      for (long offset : offsets) {
        while (position < offset) {
          int n = text.read(chunk, 0, (int) Math.min(chunk.length, offset - position));
          if (n < 0) {
            return lines;
          }
          for (int i = 0; i < n; i++) {
            if (chunk[i] == '\n') {
              line++;
            }
          }
          position += n;
        }
        lines.put(offset, line);
      }
    } catch (IOException e) {
      // What can't be read again is still known by its offset.
      return lines;
    }
    return lines;
  }
}
