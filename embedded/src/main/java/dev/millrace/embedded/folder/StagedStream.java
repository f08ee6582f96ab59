package dev.millrace.embedded.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a partial file and gives it its name on close, unless a write failed. */
final class StagedStream extends OutputStream {
  private final OutputStream file;
  private final Path partial;
  private final Path target;
  private boolean failed;
  private boolean closed;

  StagedStream(Path partial, Path target) throws IOException {
    this.file = Files.newOutputStream(partial);
    this.partial = partial;
    this.target = target;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /** A second call does nothing. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    file.close();
    if (failed) {
      Files.deleteIfExists(partial);
      throw new IOException("not all of " + target + " could be written; it is not there");
    }
    PartialFiles.publish(partial, target);
  }
}
