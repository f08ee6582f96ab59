package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.names.RawPath;
import dev.millrace.normalizer.names.SnakeCase;
import dev.millrace.normalizer.schema.Schema;
import dev.millrace.normalizer.schema.Table;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that tables get where one of the other kind, root or child, has theirs: tagged, and the
 * same ever after (M2).
 */
final class TableNames {
  private static final int TAG_AND_UNDERSCORE = 7;

  private final SnakeCase names;
  private final Map<String, String> taggedByClaim = new HashMap<>();

  /**
   * @param rawPaths tells which tables of the schema have tagged names
   */
  TableNames(SnakeCase names, Schema schema, Map<String, String> rawPaths) {
    this.names = names;
    for (Table table : schema.tables().values()) {
      if (!table.isSystem() && rawPaths.containsKey(table.name())) {
        taggedByClaim.put(claim(untagged(table.name()), table.parent() != null), table.name());
      }
    }
  }

  /** The tagged name of a table whose plain name is taken. */
  String tagged(String name, RawPath rawPath, boolean child) {
    String tagged = names.tagged(name, rawPath, 0);
    return taggedByClaim.computeIfAbsent(claim(untagged(tagged), child), claim -> tagged);
  }

  private static String claim(String untagged, boolean child) {
    return (child ? "child " : "root ") + untagged;
  }

  private static String untagged(String tagged) {
    return tagged.substring(0, Math.max(0, tagged.length() - TAG_AND_UNDERSCORE));
  }
}
