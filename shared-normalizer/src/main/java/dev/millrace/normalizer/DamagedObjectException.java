package dev.millrace.normalizer;

import java.io.IOException;

/**
 * A text object's stream failed. The events before that are normalised; the one that it broke off
 * in is handed back, for the caller knows whether the object is damaged or the way to it.
 */
public final class DamagedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient byte[] remainder;
  private final long index;
  private final long byteOffset;

  DamagedObjectException(IOException cause, byte[] remainder, long index, long byteOffset) {
    super(cause.getMessage(), cause);
    this.remainder = remainder;
    this.index = index;
    this.byteOffset = byteOffset;
  }

  /** The bytes that were read of the event that is broken off; empty if there are none. */
  public byte[] remainder() {
    return remainder.clone();
  }

  /** Which value of the object it would be, counted from 0. */
  public long index() {
    return index;
  }

  /** Where it starts in the unpacked object. */
  public long byteOffset() {
    return byteOffset;
  }
}
