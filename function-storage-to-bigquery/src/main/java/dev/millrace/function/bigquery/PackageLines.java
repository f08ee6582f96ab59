package dev.millrace.function.bigquery;

import dev.millrace.loader.packages.Packages;
import dev.millrace.loader.packages.PartLines;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;

/** The lines of a table's parts, one part after the other. For one thread. */
final class PackageLines implements Closeable {
  private final Staging staging;
  private final Iterator<String> parts;
  private InputStream open = InputStream.nullInputStream();
  private PartLines lines = new PartLines(open);

  PackageLines(Staging staging, List<String> parts) {
    this.staging = staging;
    this.parts = parts.iterator();
  }

  /**
   * The next line without its end; null after the last of the last part.
   *
   * @throws LoadException {@link LoadError#MISCONFIGURED} if a part is gone
   */
  byte[] next() throws IOException {
    byte[] line = lines.next();
    while (line == null && parts.hasNext()) {
      open.close();
      String part = parts.next();
      try {
        open = staging.open(part);
      } catch (NoSuchFileException e) {
        throw Packages.gone(part);
      }
      lines = new PartLines(open);
      line = lines.next();
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
