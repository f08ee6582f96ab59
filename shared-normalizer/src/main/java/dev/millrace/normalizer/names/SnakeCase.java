package dev.millrace.normalizer.names;

import dev.millrace.normalizer.types.PythonText;

/**
 * dlt's naming convention {@code snake_case} (spec 1): what raw keys and event names are called in
 * tables. Lengths are code points. Immutable and thread-safe; it caches nothing.
 */
public final class SnakeCase {
  static final String SEPARATOR = "__";
  private static final int TAG_LENGTH = 6;

  private final int maxLength;

  /**
   * @param maxLength longest name of a table or column, in code points; above 7, the length of a
   *     tag and its underscore
   */
  public SnakeCase(int maxLength) {
    if (maxLength <= TAG_LENGTH + 1) {
      throw new IllegalArgumentException("maxLength <= 7: " + maxLength);
    }
    this.maxLength = maxLength;
  }

  /**
   * The name of one identifier (spec 1.1); a {@code __} in it is no separator.
   *
   * @throws IllegalArgumentException if {@code raw} is blank
   */
  public String ident(String raw) {
    String stripped = PythonText.strip(raw);
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("a blank identifier has no name");
    }
    return shorten(CaseSplit.of(reduce(stripped)), stripped);
  }

  /**
   * The name of a JSON key or of an event (spec 1.2): each part between {@code __} by itself. Empty
   * if {@code rawKey} is blank or has nothing but separators.
   */
  public String path(String rawKey) {
    int separator = rawKey.indexOf(SEPARATOR);
    if (separator < 0) {
      return PythonText.isBlank(rawKey) ? "" : ident(rawKey);
    }
    StringBuilder name = new StringBuilder(rawKey.length() + 8);
    int from = 0;
    while (from <= rawKey.length()) {
      int to = separator < 0 ? rawKey.length() : separator;
      String part = rawKey.substring(from, to);
      append(name, PythonText.isBlank(part) ? "" : ident(part));
      from = to + SEPARATOR.length();
      separator = rawKey.indexOf(SEPARATOR, from);
    }
    return shorten(name.toString(), rawKey);
  }

  /** One name of several normalised parts; blank parts are left out. */
  public String join(String... parts) {
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      append(name, part);
    }
    String joined = name.toString();
    return shorten(joined, joined);
  }

  /** One name of two normalised parts; blank parts are left out. */
  public String join(String prefix, String part) {
    if (PythonText.isBlank(prefix)) {
      return PythonText.isBlank(part) ? "" : shorten(part, part);
    }
    if (PythonText.isBlank(part)) {
      return shorten(prefix, prefix);
    }
    String joined = prefix + SEPARATOR + part;
    return shorten(joined, joined);
  }

  /**
   * {@code name} with the tag of {@code source} after an underscore, for a name that is taken
   * (departures M2, M7). The name is cut first, so that the whole fits.
   *
   * @param repetition as for {@link RawPath#tag}
   */
  public String tagged(String name, RawPath source, int repetition) {
    int room = maxLength - TAG_LENGTH - 1;
    String base = name;
    if (name.codePointCount(0, name.length()) > room) {
      base = name.substring(0, name.offsetByCodePoints(0, room));
    }
    return base + "_" + source.tag(repetition);
  }

  /** Six letters and digits that stand for {@code source} (spec 1.4). */
  public static String tag(String source) {
    return RawPath.of(source).tag(0);
  }

  private static void append(StringBuilder name, String part) {
    if (PythonText.isBlank(part)) {
      return;
    }
    if (!name.isEmpty()) {
      name.append(SEPARATOR);
    }
    name.append(part);
  }

  private String shorten(String name, String tagSource) {
    if (name.length() <= maxLength) {
      return name;
    }
    int length = name.codePointCount(0, name.length());
    if (length <= maxLength) {
      return name;
    }
    int rest = maxLength - TAG_LENGTH;
    int head = name.offsetByCodePoints(0, rest / 2 + rest % 2);
    int tail = name.offsetByCodePoints(name.length(), -(rest / 2));
    return name.substring(0, head) + tag(tagSource) + name.substring(tail);
  }

  /** Letters, underscores and digits stay, five signs become letters, all else underscores. */
  private static String reduce(String stripped) {
    StringBuilder reduced = new StringBuilder(stripped.length() + 8);
    boolean inRun = false;
    for (int i = 0; i < stripped.length(); ) {
      int character = translate(stripped.codePointAt(i));
      boolean kept =
          isLetter(character) || character == '_' || PythonText.isDecimalDigit(character);
      if (kept) {
        reduced.appendCodePoint(character);
      } else if (!inRun) {
        reduced.append('_');
      }
      inRun = !kept;
      i += Character.charCount(stripped.codePointAt(i));
    }
    return reduced.toString();
  }

  private static int translate(int character) {
    return switch (character) {
      case '+', '*' -> 'x';
      case '-' -> '_';
      case '@' -> 'a';
      case '|' -> 'l';
      default -> character;
    };
  }

  private static boolean isLetter(int character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }
}
