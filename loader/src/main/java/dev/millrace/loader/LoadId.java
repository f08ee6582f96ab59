package dev.millrace.loader;

import dev.millrace.loader.ports.BatchRef;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * A batch's load id: its generation in seconds, {@code .}, six digits of microseconds, then six
 * decimal digits that tell batches of the same microsecond apart, such as {@code
 * 1795451447.201694004711}. Valid for dlt; as text, load ids sort by time.
 */
public final class LoadId {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final BigInteger SUFFIXES = BigInteger.valueOf(1_000_000);

  private LoadId() {}

  /**
   * The load id of a batch. The last six digits are SHA-256 over {@code bucket/name}, the whole
   * digest read as one big-endian number, modulo 10⁶.
   */
  public static String of(BatchRef batch) {
    return String.format(
        Locale.ROOT,
        "%d.%06d%06d",
        batch.generation() / MICROS_PER_SECOND,
        batch.generation() % MICROS_PER_SECOND,
        suffix(batch.bucket() + "/" + batch.name()));
  }

  private static int suffix(String place) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, digest).mod(SUFFIXES).intValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
