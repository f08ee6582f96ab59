package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.millrace.loader.ports.LoadException;
import dev.millrace.loader.system.SystemTable;
import dev.millrace.loader.system.SystemTables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asks tables which rows of a load they have, by queries, which are billed. Thread-safe. */
final class RowQueries {
  private static final String LOAD_ID = "_dlt_load_id";

  private final DatasetName dataset;
  private final Statements statements;

  RowQueries(DatasetName dataset, Statements statements) {
    this.dataset = dataset;
    this.statements = statements;
  }

  /**
   * Those of the rows that the table has. Of a root table these are rows of that load; a child
   * table doesn't tell, and has a row also where another load brought the same message.
   */
  Set<RowId> present(KnownTable table, String loadId, List<RowId> rows, Deadline deadline)
      throws LoadException {
    List<String> conditions = new ArrayList<>();
    Map<String, QueryParameterValue> parameters = new HashMap<>();
    conditions.add(WantedTable.ID + " IN UNNEST(@ids)");
    parameters.put("ids", QueryParameters.texts(rows.stream().map(RowId::id).toList()));
    if (table.columns().containsKey(LOAD_ID)) {
      conditions.add(LOAD_ID + " = @load");
      parameters.put("load", QueryParameterValue.string(loadId));
    }
    boolean isTimed = table.columns().containsKey(WantedTable.RECEIVED_AT);
    List<Instant> times =
        rows.stream().map(RowId::receivedAt).filter(Objects::nonNull).sorted().toList();
    if (isTimed && times.size() == rows.size()) {
      conditions.add(WantedTable.RECEIVED_AT + " BETWEEN @first AND @last");
      parameters.put("first", QueryParameters.timestamp(times.get(0)));
      parameters.put("last", QueryParameters.timestamp(times.get(times.size() - 1)));
    }
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(
                "SELECT %s, %s FROM %s WHERE %s"
                    .formatted(
                        WantedTable.ID,
                        isTimed ? WantedTable.RECEIVED_AT : "CAST(NULL AS TIMESTAMP)",
                        dataset.sql(table.name()),
                        String.join(" AND ", conditions)))
            .setNamedParameters(parameters)
            .build();
    return new HashSet<>(statements.query(query, RowQueries::id, deadline));
  }

  private static RowId id(FieldValueList row) {
    FieldValue time = row.get(1);
    return new RowId(
        row.get(0).getStringValue(),
        time.isNull() ? null : Instant.EPOCH.plus(time.getTimestampValue(), ChronoUnit.MICROS));
  }

  /** Whether a system table has a row of the load's commit. */
  boolean hasCommitted(SystemTable table, String loadId, Deadline deadline) throws LoadException {
    // That the batch failed before it was loaded is told by rows of its own.
    String outcome = table.equals(SystemTables.BATCHES) ? " AND state = 'loaded'" : "";
    QueryJobConfiguration query =
        QueryJobConfiguration.newBuilder(
                "SELECT load_id FROM %s WHERE load_id = @load%s LIMIT 1"
                    .formatted(dataset.sql(table.name()), outcome))
            .addNamedParameter("load", QueryParameterValue.string(loadId))
            .build();
    return !statements.query(query, row -> true, deadline).isEmpty();
  }
}
