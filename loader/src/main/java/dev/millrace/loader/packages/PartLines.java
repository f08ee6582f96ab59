package dev.millrace.loader.packages;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a part, one after the other; one of them is in memory. For one thread. */
public final class PartLines {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream part;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param part read through a buffer, and left to its owner to close
   */
  public PartLines(InputStream part) {
    this.part = new BufferedInputStream(part, BUFFER_BYTES);
  }

  /** The next line without its end; null after the last. */
  public byte[] next() throws IOException {
    line.reset();
    for (int next = part.read(); next >= 0; next = part.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      line.write(next);
    }
    return line.size() == 0 ? null : line.toByteArray();
  }
}
