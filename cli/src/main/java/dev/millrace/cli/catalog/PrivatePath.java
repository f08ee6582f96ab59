package dev.millrace.cli.catalog;

import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.privacy.PrivacyRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A privacy rule's path as the names of tables and columns have it. Names tell less than raw paths
 * do, so where it is open whether the rule reaches a column, it does.
 *
 * @param rule the rule
 * @param reached matches the names of what the rule acts on: with {@code __} before each part,
 *     below the root table
 * @param above matches those that hold something that the rule acts on
 */
record PrivatePath(PrivacyRule rule, Pattern reached, List<Pattern> above) {
  private static final String ANYTHING = "(?:__.+)?";

  static PrivatePath of(PrivacyRule rule, SnakeCase names) {
    List<String> parts =
        List.of(rule.path().split("\\.")).stream().map(it -> part(it, names)).toList();
    List<Pattern> above =
        IntStream.range(1, parts.size())
            .mapToObj(end -> Pattern.compile(joined(parts.subList(0, end))))
            .toList();
    return new PrivatePath(rule, Pattern.compile(joined(parts) + "(?:__.*)?"), above);
  }

  private static String joined(List<String> parts) {
    return String.join("", parts);
  }

  /** A list's element has no part in names, so a {@code *} may stand for nothing. */
  private static String part(String segment, SnakeCase names) {
    String name = segment.matches("\\*\\*?") ? "" : names.path(segment);
    return name.isEmpty() ? ANYTHING : "__" + Pattern.quote(name);
  }

  /**
   * Whether the rule acts on a column, or on something in it.
   *
   * @param path the column's, with {@code __} before each part
   * @param container whether the column may hold objects and lists
   */
  boolean touches(String path, boolean container) {
    return reached.matcher(path).matches()
        || container && above.stream().anyMatch(it -> it.matcher(path).matches());
  }
}
