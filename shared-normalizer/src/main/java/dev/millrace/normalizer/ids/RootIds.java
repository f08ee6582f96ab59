package dev.millrace.normalizer.ids;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The {@code _dlt_id} of root rows: base64 (standard, unpadded) of the first 10 bytes of SHA-256
 * over what identifies the event, such as {@code m:} and its {@code messageId}. Not thread-safe.
 */
public final class RootIds {
  /** Length of an id in characters, which are bytes. */
  public static final int LENGTH = Base64Ten.LENGTH;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] NOTHING = {};

  private final MessageDigest digest;
  private final byte[] hash = new byte[32];

  public RootIds() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Writes the 14 characters of the id made of {@code prefix} and then {@code bytes}. */
  public void write(
      byte[] prefix, byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    digest.update(prefix, 0, prefix.length);
    digest.update(bytes, offset, length);
    try {
      digest.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 is not 32 bytes long", e);
    }
    Base64Ten.write((long) LONG.get(hash, 0), (long) LONG.get(hash, 8), target, targetOffset);
  }

  /** The first eight bytes of the hash behind the id that was written last. */
  public long hashHigh() {
    return (long) LONG.get(hash, 0);
  }

  /** The second eight bytes. */
  public long hashLow() {
    return (long) LONG.get(hash, 8);
  }

  /** The id made of {@code source} in UTF-8, for callers that are in no hurry. */
  public String of(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    byte[] id = new byte[LENGTH];
    write(bytes, NOTHING, 0, 0, id, 0);
    return new String(id, StandardCharsets.US_ASCII);
  }
}
