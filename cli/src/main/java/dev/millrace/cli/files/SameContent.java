package dev.millrace.cli.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * A file's bytes, which must be those that its hash was made of: at the end of a file that was
 * changed in between, reading fails.
 */
final class SameContent extends FilterInputStream {
  private final EventFile file;
  private final LongConsumer read;
  private final MessageDigest digest = Sha256.start();
  private long bytes;

  SameContent(InputStream in, EventFile file, LongConsumer read) {
    super(in);
    this.file = file;
    this.read = read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n < 0) {
      check();
      return n;
    }
    digest.update(buffer, offset, n);
    bytes += n;
    read.accept(bytes);
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    long left = count;
    byte[] chunk = new byte[8_192];
    while (left > 0) {
      int n = read(chunk, 0, (int) Math.min(chunk.length, left));
      if (n < 0) {
        break;
      }
      left -= n;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check() throws IOException {
    if (bytes != file.bytes()
        || !HexFormat.of().formatHex(cloned().digest()).equals(file.sha256())) {
      throw new IOException(file.name() + " was changed while it was read; load it again");
    }
  }

  private MessageDigest cloned() throws IOException {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IOException("this Java can't look at a hash in the making", e);
    }
  }
}
