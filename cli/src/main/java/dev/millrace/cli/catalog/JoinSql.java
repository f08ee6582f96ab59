package dev.millrace.cli.catalog;

import dev.millrace.loader.ports.Dataset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The SQL that joins a child table's rows to their parents', to be copied. It asks the {@code
 * _between} functions, so each event counts once and only the last days are read.
 *
 * @param dataset knows how its names are written
 */
record JoinSql(Dataset dataset) {
  private static final int PARENT_FIELDS = 3;
  private static final int CHILD_FIELDS = 8;
  private static final Set<String> IDENTITIES =
      Set.of("message_id", "user_id", "anonymous_id", "timestamp");
  private static final String LAST_WEEK = "(CURRENT_TIMESTAMP - INTERVAL 7 DAY, CURRENT_TIMESTAMP)";

  String of(CatalogTable child, CatalogTable parent) {
    List<String> selected = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    add(selected, taken, "parent", List.of(SystemWords.RECEIVED_AT), "");
    add(selected, taken, "parent", parentNames(parent), "");
    add(selected, taken, "child", names(child).limit(CHILD_FIELDS).toList(), "child_");
    return """
        SELECT
          %s
        FROM %s%s AS parent
        JOIN %s%s AS child
          ON child.%s = parent.%s"""
        .formatted(
            String.join(",\n  ", selected),
            dataset.unique(parent.name() + "_between"),
            LAST_WEEK,
            dataset.unique(child.name() + "_between"),
            LAST_WEEK,
            dataset.name("_dlt_parent_id"),
            dataset.name("_dlt_id"));
  }

  /** What tells a parent's rows apart, before its other fields. */
  private static List<String> parentNames(CatalogTable parent) {
    return Stream.concat(names(parent).filter(IDENTITIES::contains), names(parent))
        .distinct()
        .limit(PARENT_FIELDS)
        .toList();
  }

  private static Stream<String> names(CatalogTable table) {
    return table.fields().stream().map(CatalogColumn::name);
  }

  private void add(
      List<String> selected, Set<String> taken, String of, List<String> names, String prefix) {
    for (String name : names) {
      String column = of + "." + dataset.name(name);
      // No warehouse takes two result columns of one name.
      selected.add(
          taken.add(name.toLowerCase(Locale.ROOT))
              ? column
              : column + " AS " + dataset.name(prefix + name));
    }
  }
}
