package dev.millrace.cli.preview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the file of a table's rows. */
final class RowFile {
  private static final String SUFFIX = ".jsonl";

  /** File systems take 255 bytes; a table's name may have 300 letters, all of them ASCII. */
  private static final int LONGEST_NAME = 200;

  private static final int HASH_DIGITS = 24;

  private RowFile() {}

  /**
   * {@code <table>.jsonl}; of a name that is too long the beginning, {@code ~} and a hash of it.
   */
  static String name(String table) {
    if (table.length() <= LONGEST_NAME) {
      return table + SUFFIX;
    }
    return table.substring(0, LONGEST_NAME - HASH_DIGITS) + "~" + hash(table) + SUFFIX;
  }

  private static String hash(String table) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(table.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
