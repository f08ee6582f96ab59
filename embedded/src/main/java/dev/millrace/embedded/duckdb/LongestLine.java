package dev.millrace.embedded.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Measures lines. */
final class LongestLine {
  private static final int BUFFER_BYTES = 1 << 20;

  private LongestLine() {}

  /** Bytes of the longest line of all files, its newline included. */
  static long of(Collection<String> files) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long longest = 0;
    for (String file : files) {
      long length = 0;
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
          for (int i = 0; i < read; i++) {
            length++;
            if (buffer[i] == '\n') {
              longest = Math.max(longest, length);
              length = 0;
            }
          }
        }
      }
      longest = Math.max(longest, length);
    }
    return longest;
  }
}
