package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run leaves behind, without what may differ from run to run: times, which attempt was
 * sealed, ids of jobs, which of several batches was the first to bring a column, and so what is
 * told of changes, which {@link Promises#assertEveryChangeIsToldOnce} looks at.
 *
 * @param columns with their types, by table
 * @param rows as text, sorted, by table
 */
record Remains(Map<String, Set<String>> columns, Map<String, List<String>> rows) {
  private static final String CHANGES = "_millrace_schema_changes";

  /** Of system tables, the columns that no two runs may differ in. */
  private static final Map<String, Set<String>> COMPARED =
      Map.of(
          "_millrace_batches",
          Set.of(
              "load_id",
              "bucket",
              "object",
              "generation",
              "state",
              "code",
              "format",
              "bytes",
              "events_read",
              "events_loaded",
              "events_duplicate",
              "events_bad",
              "rows_bad",
              "bad_by_reason",
              "discarded_values",
              "guards",
              "rows_loaded"),
          "_dlt_loads",
          Set.of("load_id", "schema_name", "status"),
          "_dlt_version",
          Set.of("schema_name", "engine_version"),
          "_dlt_pipeline_state",
          Set.of("engine_version", "pipeline_name"));

  /** Of these there are as many rows as the run happened to make. */
  private static final Set<String> COMPARED_AS_SETS = Set.of("_dlt_version", "_dlt_pipeline_state");

  static Remains of(DatasetTables dataset) {
    Map<String, Set<String>> columns = new TreeMap<>();
    Map<String, List<String>> rows = new TreeMap<>();
    dataset
        .tables()
        .forEach(
            (name, table) -> {
              Set<String> types = new TreeSet<>();
              table.columns().forEach((column, type) -> types.add(column + " " + type));
              columns.put(name, types);
              if (!name.equals(CHANGES)) {
                rows.put(name, rows(name, table.rows()));
              }
            });
    return new Remains(columns, rows);
  }

  /** Fails with the first table that differs. */
  void assertSameAs(Remains undisturbed, String when) {
    assertThat(columns).as("columns, %s", when).isEqualTo(undisturbed.columns);
    undisturbed.rows.forEach(
        (table, expected) ->
            assertThat(rows.get(table))
                .as("rows of %s, %s", table, when)
                .containsExactlyElementsOf(expected));
  }

  private static List<String> rows(String table, List<Map<String, String>> rows) {
    Set<String> compared = COMPARED.get(table);
    Collection<String> lines =
        COMPARED_AS_SETS.contains(table) ? new TreeSet<>() : new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> kept = new TreeMap<>(row);
      if (compared != null) {
        kept.keySet().retainAll(compared);
        kept.replaceAll((column, value) -> value.startsWith("{") ? Json.sorted(value) : value);
      }
      lines.add(kept.toString());
    }
    return lines.stream().sorted().toList();
  }
}
