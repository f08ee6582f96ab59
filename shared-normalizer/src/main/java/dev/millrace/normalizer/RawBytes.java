package dev.millrace.normalizer;

import dev.millrace.normalizer.json.ByteBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a bad event, of which only the beginning is kept where there are too many. */
final class RawBytes {
  /** What is kept of an event that is over the size limit. */
  private static final int KEPT_OF_TOO_LARGE = 64 * 1024;

  private final int limit;
  private final ByteBuilder kept = new ByteBuilder(256);
  private final MessageDigest digest = sha256();
  private long length;

  /**
   * @param limit how many bytes an event may have to be kept whole
   */
  RawBytes(int limit) {
    this.limit = limit;
  }

  /** Of an event that is too large whatever its length: its beginning alone is kept. */
  static RawBytes ofTooLarge() {
    return new RawBytes(KEPT_OF_TOO_LARGE);
  }

  void add(byte[] bytes, int from, int to) {
    int room = (int) Math.min(to - from, limit - Math.min(limit, length));
    kept.append(bytes, from, room);
    digest.update(bytes, from, to - from);
    length += to - from;
  }

  /** How many bytes there were, kept or not. */
  long length() {
    return length;
  }

  /** Hex SHA-256 of all of them; asked for once. */
  String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  byte[] kept() {
    byte[] bytes = kept.toByteArray();
    return length > limit ? Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_OF_TOO_LARGE)) : bytes;
  }
}
