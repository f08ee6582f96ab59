package dev.millrace.loader.erasure;

import dev.millrace.normalizer.IdField;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes ids for one list of erasures, under its salt. Used by one thread. */
final class IdHash {
  private final byte[] salt;
  private final MessageDigest digest;

  IdHash(byte[] salt) {
    this.salt = salt;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  String of(IdField field, String id) {
    digest.update(salt);
    digest.update(field.word().getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
  }
}
