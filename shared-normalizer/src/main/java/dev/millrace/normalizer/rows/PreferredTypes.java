package dev.millrace.normalizer.rows;

import dev.millrace.normalizer.schema.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The types that settings prefer for new columns, by name. */
final class PreferredTypes {
  private static final String REGEX = "re:";

  private final Map<String, DataType> byName = new LinkedHashMap<>();
  private final Map<Pattern, DataType> byPattern = new LinkedHashMap<>();

  PreferredTypes(Map<String, DataType> settings) {
    settings.forEach(
        (name, type) -> {
          if (name.startsWith(REGEX)) {
            byPattern.put(Pattern.compile(name.substring(REGEX.length())), type);
          } else {
            byName.put(name, type);
          }
        });
  }

  /** The preferred type of a column, or null. */
  DataType of(String column) {
    DataType exact = byName.get(column);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<Pattern, DataType> each : byPattern.entrySet()) {
      if (each.getKey().matcher(column).find()) {
        return each.getValue();
      }
    }
    return null;
  }
}
