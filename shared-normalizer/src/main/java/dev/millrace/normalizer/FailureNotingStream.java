package dev.millrace.normalizer;

import java.io.IOException;
import java.io.InputStream;

/** Remembers its failure, so that it can be told from a sink's. */
final class FailureNotingStream extends InputStream {
  private final InputStream stream;
  private IOException failure;

  FailureNotingStream(InputStream stream) {
    this.stream = stream;
  }

  /** The failure, or null. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return stream.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
