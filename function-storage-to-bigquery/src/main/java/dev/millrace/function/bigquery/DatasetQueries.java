package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.millrace.loader.ports.LoadError;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.ports.Warehouse.Settled;
import dev.millrace.loader.system.SystemTables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of the dataset's tables by query, which is billed: each reads no more than the
 * partitions that can hold the answer. Tables that aren't there have no rows. Thread-safe.
 */
final class DatasetQueries {
  /** A query takes 10 MB, parameters included. */
  private static final int MAX_IDS = 200_000;

  /** How far the clocks of the bucket and of an instance may be apart. */
  private static final long CLOCK_DAYS = 1;

  private final DatasetName dataset;
  private final Statements statements;
  private final RememberedTables tables;

  DatasetQueries(DatasetName dataset, Statements statements, RememberedTables tables) {
    this.dataset = dataset;
    this.statements = statements;
    this.tables = tables;
  }

  /** Those of the loads that {@code _dlt_loads} has. */
  Set<String> loaded(Set<String> loadIds, Deadline deadline) throws LoadException {
    QueryJobConfiguration query =
        aboutLoads(
            "SELECT DISTINCT load_id FROM %s WHERE inserted_at >= @since AND load_id IN UNNEST(@ids)"
                .formatted(dataset.sql(SystemTables.LOADS.name())),
            loadIds);
    try {
      return new HashSet<>(statements.query(query, row -> row.get(0).getStringValue(), deadline));
    } catch (LoadException e) {
      return ifMissing(e, Set.of());
    }
  }

  Map<String, Settled> settled(Set<String> loadIds, Deadline deadline) throws LoadException {
    Map<String, Settled> settled = new HashMap<>(failed(loadIds, deadline));
    loaded(loadIds, deadline).forEach(loadId -> settled.put(loadId, new Settled.In()));
    return settled;
  }

  private Map<String, Settled> failed(Set<String> loadIds, Deadline deadline) throws LoadException {
    QueryJobConfiguration query =
        aboutLoads(
            """
            SELECT load_id, state, code, detail FROM %s
            WHERE recorded_at >= @since AND load_id IN UNNEST(@ids)
            QUALIFY ROW_NUMBER() OVER (PARTITION BY load_id ORDER BY recorded_at DESC) = 1"""
                .formatted(dataset.sql(SystemTables.BATCHES.name())),
            loadIds);
    Map<String, Settled> failed = new HashMap<>();
    try {
      statements.query(
          query,
          row -> {
            if (row.get(1).getStringValue().equals("failed")) {
              Settled.Failed found = new Settled.Failed(text(row.get(2)), text(row.get(3)));
              failed.put(row.get(0).getStringValue(), found);
            }
            return null;
          },
          deadline);
    } catch (LoadException e) {
      return ifMissing(e, Map.of());
    }
    return failed;
  }

  /** Those of the events that are there, received at a time or later and by another load. */
  Set<String> present(
      Map<String, Set<String>> rootIds, Instant since, String butLoad, Deadline deadline)
      throws LoadException {
    Set<String> present = new HashSet<>();
    List<String> selects = new ArrayList<>();
    Map<String, List<String>> parameters = new HashMap<>();
    int ids = 0;
    for (Map.Entry<String, Set<String>> table : rootIds.entrySet()) {
      if (!isThere(table.getKey(), deadline)) {
        continue;
      }
      List<String> all = List.copyOf(table.getValue());
      for (int from = 0; from < all.size(); ) {
        int to = Math.min(all.size(), from + MAX_IDS - ids);
        String parameter = "ids" + parameters.size();
        parameters.put(parameter, all.subList(from, to));
        selects.add(select(table.getKey(), parameter));
        ids += to - from;
        from = to;
        if (ids == MAX_IDS) {
          present.addAll(present(selects, parameters, since, butLoad, deadline));
          selects.clear();
          parameters.clear();
          ids = 0;
        }
      }
    }
    if (!selects.isEmpty()) {
      present.addAll(present(selects, parameters, since, butLoad, deadline));
    }
    return present;
  }

  private String select(String table, String parameter) {
    return "SELECT %s FROM %s WHERE %s >= @since AND _dlt_load_id != @load AND %s IN UNNEST(@%s)"
        .formatted(
            WantedTable.ID, dataset.sql(table), WantedTable.RECEIVED_AT, WantedTable.ID, parameter);
  }

  private List<String> present(
      List<String> selects,
      Map<String, List<String>> parameters,
      Instant since,
      String butLoad,
      Deadline deadline)
      throws LoadException {
    QueryJobConfiguration.Builder query =
        QueryJobConfiguration.newBuilder(String.join(" UNION ALL ", selects))
            .addNamedParameter("since", QueryParameters.timestamp(since))
            .addNamedParameter("load", QueryParameterValue.string(butLoad));
    parameters.forEach((name, ids) -> query.addNamedParameter(name, QueryParameters.texts(ids)));
    try {
      return statements.query(query.build(), row -> row.get(0).getStringValue(), deadline);
    } catch (LoadException e) {
      return ifMissing(e, List.of());
    }
  }

  private boolean isThere(String table, Deadline deadline) throws LoadException {
    return tables.remembered(table).isPresent() || tables.look(table, deadline).isPresent();
  }

  private static QueryJobConfiguration aboutLoads(String sql, Set<String> loadIds) {
    Instant first =
        loadIds.stream().map(LoadTime::of).min(Instant::compareTo).orElse(Instant.EPOCH);
    return QueryJobConfiguration.newBuilder(sql)
        .addNamedParameter(
            "since", QueryParameters.timestamp(first.minus(CLOCK_DAYS, ChronoUnit.DAYS)))
        .addNamedParameter("ids", QueryParameters.texts(loadIds))
        .build();
  }

  private static String text(FieldValue value) {
    return value.isNull() ? "" : value.getStringValue();
  }

  private static <T> T ifMissing(LoadException e, T nothing) throws LoadException {
    if (e.error() == LoadError.TABLE_CHANGED) {
      return nothing;
    }
    throw e;
  }
}
