package dev.millrace.loader.ports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Where load packages are made. Paths are relative, with {@code /} between their parts.
 * Thread-safe.
 */
public interface Staging {
  /**
   * Creates an object, or replaces it. It is there, whole, once the stream is closed; a stream that
   * is not closed leaves nothing that a reader would take for it.
   */
  OutputStream create(String path) throws IOException;

  /**
   * Creates an object unless there is one, atomically.
   *
   * @return false if there was one; it is unchanged
   */
  boolean createIfAbsent(String path, byte[] content) throws IOException;

  /** The content of a small object, if it is there. */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Opens an object, however large, to be read from its beginning and closed by the reader.
   *
   * @throws NoSuchFileException if it is not there
   */
  InputStream open(String path) throws IOException;

  /** Deletes an object if it is there: parts of an attempt that lost. */
  void delete(String path) throws IOException;

  /** Where the warehouse finds the object: an absolute file path, or a {@code gs://} address. */
  String location(String path);
}
