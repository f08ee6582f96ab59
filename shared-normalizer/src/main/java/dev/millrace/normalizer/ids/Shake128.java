package dev.millrace.normalizer.ids;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SHAKE-128 (FIPS 202) that can be started from what another one has absorbed. Allocates nothing
 * after construction. Not thread-safe.
 */
public final class Shake128 {
  private static final int RATE = 168;
  private static final int DOMAIN_AND_PADDING = 0x1F;
  private static final long LAST_BIT_OF_BLOCK = 0x80L << 56;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] state = new long[Keccak.LANES];
  private int position;

  /** Forgets everything absorbed. */
  public void reset() {
    Arrays.fill(state, 0);
    position = 0;
  }

  /** Takes over what {@code other} has absorbed; {@code other} stays as it is. */
  public void copyFrom(Shake128 other) {
    System.arraycopy(other.state, 0, state, 0, Keccak.LANES);
    position = other.position;
  }

  /** Absorbs {@code length} bytes. Not allowed between {@link #squeeze} and {@link #reset}. */
  public void absorb(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (end - from >= Long.BYTES && RATE - position >= Long.BYTES) {
        absorbWord((long) LONG.get(bytes, from));
        from += Long.BYTES;
      } else {
        absorb(bytes[from++]);
      }
    }
  }

  /** Absorbs eight bytes into one lane or two; there must be room for them. */
  private void absorbWord(long word) {
    int lane = position >>> 3;
    int shift = (position & 7) << 3;
    state[lane] ^= word << shift;
    if (shift > 0) {
      state[lane + 1] ^= word >>> (Long.SIZE - shift);
    }
    position += Long.BYTES;
    permuteWhenFull();
  }

  /** Absorbs one byte. */
  public void absorb(byte value) {
    state[position >>> 3] ^= (value & 0xFFL) << ((position & 7) << 3);
    position++;
    permuteWhenFull();
  }

  private void permuteWhenFull() {
    if (position == RATE) {
      Keccak.permute(state);
      position = 0;
    }
  }

  /**
   * Ends the input and writes the first {@code length} bytes of output. After it only {@link
   * #reset} and {@link #copyFrom} make sense.
   */
  public void squeeze(byte[] target, int offset, int length) {
    pad();
    for (int done = 0; done < length; done++) {
      int inBlock = done % RATE;
      if (inBlock == 0 && done > 0) {
        Keccak.permute(state);
      }
      target[offset + done] = (byte) (state[inBlock >>> 3] >>> ((inBlock & 7) << 3));
    }
  }

  /** Ends the input and writes the first 10 bytes of output as base64 (14 characters). */
  void squeezeTenAsBase64(byte[] target, int offset) {
    pad();
    Base64Ten.write(Long.reverseBytes(state[0]), Long.reverseBytes(state[1]), target, offset);
  }

  private void pad() {
    state[position >>> 3] ^= (long) DOMAIN_AND_PADDING << ((position & 7) << 3);
    state[RATE / Long.BYTES - 1] ^= LAST_BIT_OF_BLOCK;
    Keccak.permute(state);
  }
}
