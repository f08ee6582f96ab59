package dev.millrace.normalizer.names;

import dev.millrace.normalizer.types.PythonText;

/** From letters, digits and underscores to snake case (spec 1.1, steps 4 to 7). */
final class CaseSplit {
  private CaseSplit() {}

  static String of(String reduced) {
    String split = beforeCapitals(beforeWords(reduced));
    StringBuilder name = new StringBuilder(split.length() + 1);
    if (PythonText.isDecimalDigit(split.codePointAt(0))) {
      name.append('_');
    }
    int end = split.length();
    while (end > 0 && split.charAt(end - 1) == '_') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char character = split.charAt(i);
      if (character != '_' || name.isEmpty() || name.charAt(name.length() - 1) != '_') {
        name.append(isUpper(character) ? (char) (character | 0x20) : character);
      }
    }
    name.append("x".repeat(split.length() - end));
    return name.toString();
  }

  /**
   * An underscore before every capital that lower-case letters follow. A word that was split off is
   * passed over whole: its last letter does not count as what stands before the next.
   */
  private static String beforeWords(String text) {
    StringBuilder split = new StringBuilder(text.length() + 8);
    int i = 0;
    while (i < text.length()) {
      split.append(text.charAt(i));
      boolean word =
          text.charAt(i) != '_'
              && i + 2 < text.length()
              && isUpper(text.charAt(i + 1))
              && isLower(text.charAt(i + 2));
      i++;
      if (word) {
        split.append('_').append(text.charAt(i++));
        while (i < text.length() && isLower(text.charAt(i))) {
          split.append(text.charAt(i++));
        }
      }
    }
    return split.toString();
  }

  /** An underscore between a lower-case letter or a digit and the capital after it. */
  private static String beforeCapitals(String text) {
    StringBuilder split = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (i > 0 && isUpper(character) && isLowerOrDigit(text.charAt(i - 1))) {
        split.append('_');
      }
      split.append(character);
    }
    return split.toString();
  }

  private static boolean isUpper(char character) {
    return character >= 'A' && character <= 'Z';
  }

  private static boolean isLower(char character) {
    return character >= 'a' && character <= 'z';
  }

  private static boolean isLowerOrDigit(char character) {
    return isLower(character) || character >= '0' && character <= '9';
  }
}
