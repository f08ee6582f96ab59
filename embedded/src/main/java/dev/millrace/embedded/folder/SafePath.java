package dev.millrace.embedded.folder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Finds the file of an object's path, always below a root folder. */
final class SafePath {
  /** File systems take 255 bytes; the rest is for those who append to a name. */
  private static final int MAX_SEGMENT_BYTES = 200;

  private static final int HASH_DIGITS = 24;

  private SafePath() {}

  /**
   * The file of a path such as {@code packages/1/orders.0.jsonl}. A segment that is too long for a
   * file name is cut and takes a hash of the whole, so that the same path is always the same file
   * and no two paths share one.
   *
   * @throws IllegalArgumentException if the path could leave the folder: empty, absolute, or with a
   *     segment that is empty, {@code .} or {@code ..}
   */
  static Path below(Path root, String path) {
    Path file = root;
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.indexOf('\\') >= 0
          || segment.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("not a path inside a folder: " + path);
      }
      file = file.resolve(fileName(segment));
    }
    return file;
  }

  private static String fileName(String segment) {
    if (utf8Length(segment) <= MAX_SEGMENT_BYTES) {
      return segment;
    }
    int room = MAX_SEGMENT_BYTES - 1 - HASH_DIGITS;
    int end = 0;
    for (int bytes = 0; end < segment.length(); ) {
      String character = Character.toString(segment.codePointAt(end));
      bytes += utf8Length(character);
      if (bytes > room) {
        break;
      }
      end += character.length();
    }
    return segment.substring(0, end) + "~" + hash(segment);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String segment) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(segment.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
