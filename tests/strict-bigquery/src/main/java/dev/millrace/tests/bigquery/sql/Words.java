package dev.millrace.tests.bigquery.sql;

import java.util.Locale;
import java.util.Set;

/** A set of words in which case does not matter. */
final class Words {
  private final Set<String> words;

  private Words(Set<String> words) {
    this.words = words;
  }

  /** Words with blanks between them, in capital letters. */
  static Words of(String text) {
    return new Words(Set.of(text.strip().split("\\s+")));
  }

  boolean contains(String word) {
    return words.contains(word.toUpperCase(Locale.ROOT));
  }
}
