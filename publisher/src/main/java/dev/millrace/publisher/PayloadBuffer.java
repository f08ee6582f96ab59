package dev.millrace.publisher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps bytes up to a limit and goes on counting beyond it. */
final class PayloadBuffer extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
  private final int limitBytes;
  private long size;

  PayloadBuffer(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    size += length;
    if (size <= limitBytes) {
      kept.write(bytes, offset, length);
    }
  }

  long size() {
    return size;
  }

  /** All bytes; only if {@link #size} is within the limit. */
  byte[] toByteArray() {
    return kept.toByteArray();
  }
}
