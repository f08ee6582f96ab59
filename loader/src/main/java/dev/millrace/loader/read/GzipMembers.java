package dev.millrace.loader.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks all members of a gzip stream (RFC 1952) to its very end. Java's own stream ends in
 * silence at a member that is damaged at its head, or that a slow source has not delivered yet.
 */
final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CHECKSUM = 2;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean first = true;
  private boolean inMember;

  GzipMembers(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (inMember || startMember()) {
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (position == limit && !fill()) {
        throw new EOFException("it ends inside a gzip member");
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    inflater.setInput(buffer, position, limit - position);
    try {
      int count = inflater.inflate(target, offset, length);
      if (inflater.needsDictionary()) {
        throw new ZipException("a gzip member asks for a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException("a gzip member is damaged: " + e.getMessage());
    } finally {
      position = limit - inflater.getRemaining();
    }
  }

  /** Reads a member's header; false at the end of the stream, which zeros may pad. */
  private boolean startMember() throws IOException {
    int start = nextOrEnd();
    while (!first && start == 0) {
      start = nextOrEnd();
    }
    if (start < 0) {
      return false;
    }
    if (start != 0x1f || next() != 0x8b || next() != 8) {
      throw new ZipException("after a gzip member comes what is none");
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    first = false;
    inMember = true;
    inflater.reset();
    checksum.reset();
    return true;
  }

  private void endMember() throws IOException {
    long expectedChecksum = nextInt();
    long expectedBytes = nextInt();
    if (checksum.getValue() != expectedChecksum
        || (inflater.getBytesWritten() & 0xffffffffL) != expectedBytes) {
      throw new ZipException("a gzip member's checksum is wrong");
    }
    inMember = false;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      continue;
    }
  }

  private long nextInt() throws IOException {
    long low = next() | next() << 8;
    long high = next() | next() << 8;
    return low | high << 16;
  }

  private int next() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw new EOFException("it ends inside a gzip member");
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    int count = packed.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }
}
