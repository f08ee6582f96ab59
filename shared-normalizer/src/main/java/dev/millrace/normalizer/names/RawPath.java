package dev.millrace.normalizer.names;

import dev.millrace.normalizer.ids.Shake128;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Keys as clients wrote them, joined by {@code __}: what the tags of colliding names are made of
 * (departures M2, M7). Keys may be as long as events, so the path is never put together: what is
 * above is absorbed once for all that is below. Not thread-safe.
 */
public final class RawPath {
  private static final int TAG_BYTES = 4;

  /** BigQuery's descriptions end at 1,024 characters. */
  private static final int MAX_TEXT = 1_000;

  private final RawPath parent;
  private final String key;
  private Shake128 absorbed;

  private RawPath(RawPath parent, String key) {
    this.parent = parent;
    this.key = key;
  }

  /** A path of one key, or of an event's name. */
  public static RawPath of(String key) {
    return new RawPath(null, key);
  }

  /** The path of {@code below} inside this one. */
  public RawPath under(String below) {
    return new RawPath(this, below);
  }

  /**
   * Six letters and digits that stand for the path (spec 1.4).
   *
   * @param repetition 0, or what tells apart values of one row that have the same path
   */
  public String tag(int repetition) {
    Shake128 hash = new Shake128();
    hash.copyFrom(absorbed());
    if (repetition > 0) {
      absorb(hash, SnakeCase.SEPARATOR + repetition);
    }
    byte[] digest = new byte[TAG_BYTES];
    hash.squeeze(digest, 0, TAG_BYTES);
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(digest)
        .replace('/', 'a')
        .replace('+', 'b')
        .toLowerCase(Locale.ROOT);
  }

  private Shake128 absorbed() {
    if (absorbed == null) {
      Shake128 hash = new Shake128();
      if (parent != null) {
        hash.copyFrom(parent.absorbed());
        absorb(hash, SnakeCase.SEPARATOR);
      }
      absorb(hash, key);
      absorbed = hash;
    }
    return absorbed;
  }

  private static void absorb(Shake128 hash, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.absorb(bytes, 0, bytes.length);
  }

  /** The path, for people: no more than its first 1,000 characters. */
  public String text() {
    String text = key;
    for (RawPath path = parent; path != null; path = path.parent) {
      text = cut(path.key) + SnakeCase.SEPARATOR + cut(text);
    }
    return cut(text);
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
    return text.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
  }
}
