package dev.millrace.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.loader.LoadId;
import dev.millrace.loader.ports.BatchRef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Millrace promises of a dataset into which scripted batches were loaded, to be asserted. */
final class Promises {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LOADED = "loaded";

  private final DatasetTables dataset;
  private final Map<BatchRef, ScriptedBatch> batches;

  Promises(DatasetTables dataset, Map<BatchRef, ScriptedBatch> batches) {
    this.dataset = dataset;
    this.batches = batches;
  }

  /** All of these, but what is told of changes: nobody tells of those that were made by hand. */
  void assertKept() {
    assertEveryEventIsInOnce();
    assertEveryBatchReconciles();
    assertNamesDifferInMoreThanCase();
    assertNoVersionLacksWhatOlderOnesHave();
    assertDisputedValuesAreFound();
  }

  /** None is lost, none is there twice. */
  void assertEveryEventIsInOnce() {
    Map<String, Integer> found = new TreeMap<>();
    rootRows().forEach((messageId, rows) -> found.put(messageId, rows.size()));
    Map<String, Integer> expected = new TreeMap<>();
    batches.values().forEach(batch -> batch.messageIds().forEach(id -> expected.put(id, 1)));
    Set<String> lost = new TreeSet<>(expected.keySet());
    lost.removeAll(found.keySet());
    Map<String, Integer> notOnce = new TreeMap<>(found);
    notOnce.entrySet().removeIf(entry -> entry.getValue() == 1);

    assertThat(lost).as("events that are lost").isEmpty();
    assertThat(notOnce).as("events that are there more than once").isEmpty();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
  }

  /** Each has one row that says loaded, its numbers are right, and they agree with the tables. */
  void assertEveryBatchReconciles() {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (Map<String, String> row : dataset.rows("_millrace_batches")) {
      assertThat(row).as("state").containsEntry("state", LOADED);
      assertThat(rows.put(row.get("load_id"), row))
          .as("a second row of batch %s", row.get("object"))
          .isNull();
    }
    Map<String, Long> badRows = countBy("_millrace_bad_events", "load_id");
    Map<String, Long> loads = countBy("_dlt_loads", "load_id");
    batches.forEach(
        (ref, batch) -> {
          String loadId = LoadId.of(ref);
          assertThat(rows).as("batches").containsKey(loadId);
          assertThat(rows.get(loadId))
              .as("row of batch %s", ref)
              .containsEntry("events_read", "" + batch.read())
              .containsEntry("events_loaded", "" + batch.messageIds().size())
              .containsEntry("events_duplicate", "" + batch.duplicates())
              .containsEntry("events_bad", "" + batch.bad());
          assertThat(badRows.getOrDefault(loadId, 0L))
              .as("bad events of %s", ref)
              .isEqualTo(batch.bad());
          assertThat(loads.get(loadId)).as("rows of _dlt_loads of %s", ref).isEqualTo(1L);
          assertRowsByTable(ref, JSON.readTree(rows.get(loadId).get("rows_loaded")));
        });
    assertThat(rows).hasSameSizeAs(batches.keySet());
    assertThat(loads).hasSameSizeAs(batches.keySet());
  }

  private void assertRowsByTable(BatchRef batch, JsonNode rowsLoaded) {
    String loadId = LoadId.of(batch);
    for (String table : dataset.eventTables()) {
      if (dataset.tables().get(table).columns().containsKey("_dlt_load_id")) {
        assertThat(countBy(table, "_dlt_load_id").getOrDefault(loadId, 0L))
            .as("rows of %s from %s", table, batch)
            .isEqualTo(rowsLoaded.path(table).asLong(0));
      }
    }
  }

  /** BigQuery takes names that differ in case alone for one. */
  void assertNamesDifferInMoreThanCase() {
    dataset
        .tables()
        .forEach(
            (table, content) ->
                assertThat(
                        content.columns().keySet().stream()
                            .map(column -> column.toLowerCase(Locale.ROOT)))
                    .as("columns of %s", table)
                    .doesNotHaveDuplicates());
  }

  /** A newer row of {@code _dlt_version} has all columns of each older one. */
  void assertNoVersionLacksWhatOlderOnesHave() {
    List<Map<String, String>> versions = new ArrayList<>(dataset.rows("_dlt_version"));
    versions.sort(
        (one, other) ->
            new BigDecimal(one.get("inserted_at"))
                .compareTo(new BigDecimal(other.get("inserted_at"))));
    Set<String> older = new HashSet<>();
    for (Map<String, String> version : versions) {
      Set<String> columns = columnsOf(JSON.readTree(version.get("schema")));
      assertThat(columns)
          .as("columns of schema version %s", version.get("version"))
          .containsAll(older);
      older = columns;
    }
    assertThat(versions.stream().map(version -> version.get("version_hash")))
        .as("hashes in _dlt_version")
        .doesNotHaveDuplicates();
  }

  /**
   * A table has one row that tells of it, a column one too unless the batch that made the table
   * brought it along.
   */
  void assertEveryChangeIsToldOnce() {
    Map<String, String> madeBy = new TreeMap<>();
    Map<String, List<String>> told = new TreeMap<>();
    for (Map<String, String> change : dataset.rows("_millrace_schema_changes")) {
      String table = change.get("table_name");
      if (change.get("kind").equals("new-table")) {
        assertThat(madeBy.put(table, change.get("load_id")))
            .as("a second change that makes %s", table)
            .isNull();
      } else {
        told.computeIfAbsent(table, name -> new ArrayList<>()).add(change.get("column_name"));
      }
    }
    assertThat(madeBy.keySet())
        .as("tables that are told of")
        .containsExactlyInAnyOrderElementsOf(dataset.eventTables());
    told.forEach(
        (table, columns) -> assertThat(columns).as("changes of %s", table).doesNotHaveDuplicates());
    for (String table : dataset.eventTables()) {
      Set<String> untold = new TreeSet<>(dataset.tables().get(table).columns().keySet());
      if (!untold.contains("_dlt_load_id")) {
        continue;
      }
      untold.removeAll(told.getOrDefault(table, List.of()));
      for (Map<String, String> row : dataset.rows(table)) {
        if (row.get("_dlt_load_id").equals(madeBy.get(table))) {
          untold.removeAll(row.keySet());
        }
      }
      assertThat(untold).as("columns of %s that no change tells of", table).isEmpty();
    }
  }

  private static Set<String> columnsOf(JsonNode schema) {
    Set<String> columns = new HashSet<>();
    schema
        .path("tables")
        .forEachEntry(
            (table, content) ->
                content
                    .path("columns")
                    .forEachEntry((column, properties) -> columns.add(table + "." + column)));
    return columns;
  }

  /** Each is in its field's column, in a variant of it, or in that of another spelling. */
  void assertDisputedValuesAreFound() {
    Map<String, List<Map<String, String>>> rows = rootRows();
    List<String> missing = new ArrayList<>();
    for (ScriptedBatch batch : batches.values()) {
      batch
          .clashing()
          .forEach(
              (messageId, fields) ->
                  fields.forEach(
                      (field, value) -> {
                        if (!isIn(rows.getOrDefault(messageId, List.of()), field, value)) {
                          missing.add(
                              "%s of %s: %s=%s"
                                  .formatted(messageId, rows.get(messageId), field, value));
                        }
                      }));
    }
    assertThat(missing).as("values that are in no column").isEmpty();
  }

  private static boolean isIn(List<Map<String, String>> rows, String field, Object value) {
    String column = "properties__" + field;
    return rows.stream()
        .flatMap(row -> row.entrySet().stream())
        .filter(entry -> entry.getKey().equals(column) || entry.getKey().startsWith(column + "_"))
        .anyMatch(entry -> isSame(entry.getValue(), value));
  }

  private static boolean isSame(String found, Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.values().stream().allMatch(inner -> isSame(found, inner));
    }
    if (found.equalsIgnoreCase(value.toString())) {
      return true;
    }
    try {
      return value instanceof Number
          && new BigDecimal(found).compareTo(new BigDecimal(value.toString())) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Map<String, List<Map<String, String>>> rootRows() {
    Map<String, List<Map<String, String>>> byMessage = new HashMap<>();
    for (String table : dataset.eventTables()) {
      for (Map<String, String> row : dataset.rows(table)) {
        if (row.containsKey("message_id")) {
          byMessage.computeIfAbsent(row.get("message_id"), key -> new ArrayList<>()).add(row);
        }
      }
    }
    return byMessage;
  }

  private Map<String, Long> countBy(String table, String column) {
    Map<String, Long> counts = new HashMap<>();
    for (Map<String, String> row : dataset.rows(table)) {
      counts.merge(row.get(column), 1L, Long::sum);
    }
    return counts;
  }
}
