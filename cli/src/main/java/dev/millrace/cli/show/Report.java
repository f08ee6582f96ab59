package dev.millrace.cli.show;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parts of what a person is told about loaded events, each with its heading. */
public final class Report {
  private static final int MOST_CHANGES = 25;
  private static final int MOST_NAMES = 6;

  private Report() {}

  /** The tables with their numbers of rows. */
  public static String tables(Map<String, Long> rows) {
    TextTable table = new TextTable("table", "rows");
    rows.forEach(table::row);
    return section("Tables", table.isEmpty() ? "  none: no event was loaded\n" : table.indented(2));
  }

  /** What was added to the schema: a batch's new tables in one line, columns one by one. */
  public static String changes(List<Change> changes) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change.isNewTable()) {
        tables.merge(change.batch(), List.of(change.table()), Report::both);
      }
    }
    TextTable table = new TextTable("batch", "new", "name", "type");
    tables.forEach(
        (batch, names) -> table.row(batch, Counted.of(names.size(), "table"), some(names), null));
    List<Change> columns = changes.stream().filter(change -> !change.isNewTable()).toList();
    columns.stream()
        .limit(MOST_CHANGES)
        .forEach(it -> table.row(it.batch(), "column", it.table() + "." + it.column(), it.type()));
    String more =
        columns.size() <= MOST_CHANGES
            ? ""
            : "  and %s more in _millrace_schema_changes\n"
                .formatted(Counted.of(columns.size() - MOST_CHANGES, "column"));
    return section("Schema changes", table.isEmpty() ? "  none\n" : table.indented(2) + more);
  }

  /** What could not be loaded, by reason. */
  public static String bad(List<BadEvents> bad) {
    TextTable table = new TextTable("reason", "events", "first at", "what was wrong");
    bad.forEach(it -> table.row(it.reason(), it.count(), it.where(), it.detail()));
    return section("Bad events", table.isEmpty() ? "  none\n" : table.indented(2));
  }

  /** A heading and what stands under it. */
  public static String section(String heading, String body) {
    return "\n" + heading + "\n" + body;
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    return names.size() > MOST_NAMES ? shown + ", …" : shown;
  }
}
