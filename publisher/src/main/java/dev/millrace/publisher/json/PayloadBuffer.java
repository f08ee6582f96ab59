package dev.millrace.publisher.json;

import java.io.OutputStream;
import java.util.Arrays;

/** Keeps bytes up to a limit and goes on counting beyond it. */
final class PayloadBuffer extends OutputStream {
  private static final int FIRST_BYTES = 1_024;

  private final int limitBytes;
  private byte[] kept = new byte[FIRST_BYTES];
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
    long end = size + length;
    if (end <= limitBytes) {
      if (end > kept.length) {
        kept = Arrays.copyOf(kept, (int) Math.max(end, 2L * kept.length));
      }
      System.arraycopy(bytes, offset, kept, (int) size, length);
    }
    size = end;
  }

  long size() {
    return size;
  }

  boolean isOverLimit() {
    return size > limitBytes;
  }

  /** All bytes; only if they are within the limit. */
  byte[] toByteArray() {
    return Arrays.copyOf(kept, (int) size);
  }
}
