package dev.millrace.embedded.pubsub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A new file that grows at its end: what a journal stands on. */
interface AppendFile extends Closeable {
  /** How such files are made. */
  @FunctionalInterface
  interface Files {
    AppendFile create(Path path) throws IOException;
  }

  /** Appends all of the buffers, or throws with some of them perhaps written. */
  void append(ByteBuffer[] buffers) throws IOException;

  /** Cuts the file to a length that it had. */
  void truncate(long length) throws IOException;
}
