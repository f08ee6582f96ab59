package dev.millrace.tests.bigquery.rest;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer with only the fields that {@code fields} asks for ("Partial response" in Google's guide
 * to API performance). Fields within fields are not told apart: who asks for one gets all.
 */
final class PartialAnswer {
  private PartialAnswer() {}

  /**
   * @param fields such as {@code jobReference,statistics(creationTime)}; null for all
   */
  static ObjectNode of(ObjectNode whole, String fields) {
    return fields == null ? whole : whole.retain(names(fields));
  }

  private static Set<String> names(String fields) {
    Set<String> names = new HashSet<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= fields.length(); i++) {
      char c = i < fields.length() ? fields.charAt(i) : ',';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        names.add(fields.substring(start, i).replaceFirst("[(/].*", "").strip());
        start = i + 1;
      }
    }
    return names;
  }
}
