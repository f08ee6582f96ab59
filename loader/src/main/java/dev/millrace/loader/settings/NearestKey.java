package dev.millrace.loader.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant who has written another key. */
final class NearestKey {
  private static final int MAX_EDITS = 3;

  private NearestKey() {}

  static Optional<String> of(String written, Collection<String> known) {
    String nearest = null;
    int fewest = Math.min(MAX_EDITS, written.length() / 2) + 1;
    for (String key : known) {
      int edits = edits(written, key);
      if (edits < fewest) {
        fewest = edits;
        nearest = key;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Levenshtein's distance, in the memory of one row. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
