package dev.millrace.tests.bigquery.jobs;

import dev.millrace.tests.bigquery.error.BigQueryError;
import dev.millrace.tests.bigquery.load.LoadOutcome;
import dev.millrace.tests.bigquery.load.LoadRequest;
import dev.millrace.tests.bigquery.rows.ResultRows;
import dev.millrace.tests.bigquery.sql.QueryOutcome;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job came to, once and for all.
 *
 * @param kind {@code load} or {@code query}: what the statistics are called
 * @param rows of a query; none for others
 * @param failure the {@code errorResult}; null if the job was done
 */
public record JobResult(
    String kind,
    ObjectNode statistics,
    ResultRows rows,
    List<BigQueryError> errors,
    BigQueryError failure) {
  public static JobResult of(LoadRequest request, LoadOutcome outcome) {
    ObjectNode statistics = JsonNodeFactory.instance.objectNode();
    if (outcome.failure() == null) {
      statistics
          .put("inputFiles", String.valueOf(request.uris().size()))
          .put("inputFileBytes", String.valueOf(outcome.inputBytes()))
          .put("outputRows", String.valueOf(outcome.rows()))
          .put("outputBytes", String.valueOf(outcome.inputBytes()));
    }
    statistics.put("badRecords", String.valueOf(outcome.badRecords()));
    return new JobResult("load", statistics, ResultRows.NONE, outcome.errors(), outcome.failure());
  }

  public static JobResult of(QueryOutcome outcome) {
    ObjectNode statistics =
        JsonNodeFactory.instance
            .objectNode()
            .put("statementType", outcome.statementType())
            .put("totalBytesProcessed", "0")
            .put("cacheHit", false);
    if (outcome.changedRows() != null) {
      statistics.put("numDmlAffectedRows", outcome.changedRows().toString());
    }
    if (outcome.ddlTarget() != null) {
      statistics.put("ddlOperationPerformed", outcome.ddlOperation());
      statistics
          .putObject("ddlTargetTable")
          .put("projectId", outcome.ddlTarget().dataset().project())
          .put("datasetId", outcome.ddlTarget().dataset().dataset())
          .put("tableId", outcome.ddlTarget().table());
    }
    return new JobResult("query", statistics, outcome.result(), List.of(), null);
  }

  public static JobResult failed(String kind, BigQueryError error) {
    return new JobResult(
        kind, JsonNodeFactory.instance.objectNode(), ResultRows.NONE, List.of(error), error);
  }
}
