package dev.millrace.normalizer;

import java.io.ByteArrayInputStream;

/** A stream that gives no more than one byte to whoever asks for many. */
final class OneByteAtATime extends ByteArrayInputStream {
  OneByteAtATime(byte[] bytes) {
    super(bytes);
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length) {
    return super.read(target, offset, Math.min(1, length));
  }
}
