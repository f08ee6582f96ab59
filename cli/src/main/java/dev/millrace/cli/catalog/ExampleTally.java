package dev.millrace.cli.catalog;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts a column's values in a few rows, and picks those that show best what it holds. */
final class ExampleTally {
  private static final int LONGEST = 60;
  private static final int MOST = 5;
  private static final int MOST_IF_ALL_DIFFER = 2;

  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** One row's value; null is none. */
  void add(String value) {
    if (value != null && !value.isBlank()) {
      counts.merge(cut(value), 1, Integer::sum);
    }
  }

  /** The most frequent values; of a column whose values all differ, two of them. */
  List<String> examples() {
    boolean allDiffer = counts.values().stream().allMatch(count -> count == 1);
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(allDiffer ? MOST_IF_ALL_DIFFER : MOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String cut(String value) {
    return value.codePointCount(0, Math.min(value.length(), 2 * LONGEST + 2)) <= LONGEST
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
