package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.catalog.DatasetName;
import dev.millrace.tests.bigquery.catalog.TableName;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.jobs.Job;
import dev.millrace.tests.bigquery.jobs.JobReference;
import dev.millrace.tests.bigquery.jobs.JobResult;
import dev.millrace.tests.bigquery.jobs.Jobs;
import dev.millrace.tests.bigquery.rows.ResultRows;
import dev.millrace.tests.bigquery.rows.RowJson;
import dev.millrace.tests.bigquery.sql.Names;
import dev.millrace.tests.bigquery.sql.Parameters;
import dev.millrace.tests.bigquery.sql.Queries;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls that run queries or read their results: {@code jobs.query}, {@code jobs.insert} of a
 * query, {@code jobs.getQueryResults}, and {@code tabledata.list} of a result.
 */
final class QueryCalls {
  /** Where results are said to be, as in BigQuery's anonymous datasets. */
  static final String RESULTS = "_anonymous";

  private static final int PATIENCE_MILLIS = 10_000;

  private final Queries queries;
  private final Jobs jobs;
  private final JobIds ids;

  /**
   * Jobs of {@code jobs.query} by its {@code requestId}, which makes repeated calls one unless the
   * first failed (REST reference, {@code jobs.query}, requestId).
   */
  private final Map<String, Job> answered = new ConcurrentHashMap<>();

  QueryCalls(Queries queries, Jobs jobs, JobIds ids) {
    this.queries = queries;
    this.jobs = jobs;
    this.ids = ids;
  }

  /** Begins a job of {@code jobs.insert}. */
  Answer insert(Request request) {
    JsonNode query = request.body().path("configuration").path("query");
    check(query);
    JobReference reference = ids.of(request, "US");
    if (request.body().path("configuration").path("dryRun").asBoolean(false)) {
      return dryRun(query, reference, request);
    }
    ObjectNode configuration = configuration(query, reference);
    return Answer.ok(
        jobs.begin(
                reference,
                configuration,
                "query",
                JobFate.extraTime(request.misbehaviour()),
                () -> run(query, request))
            .toJson());
  }

  /**
   * A job that is done before it begins, and that nobody finds afterwards; a refusal is the call's
   * (docs page "Running dry run queries", and REST reference, {@code JobConfiguration}, dryRun).
   */
  private Answer dryRun(JsonNode query, JobReference reference, Request request) {
    Queries.Estimate estimate =
        queries.estimate(
            query.path("query").asString(""),
            names(query, request),
            Parameters.read(query.path("queryParameters")));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "bigquery#job");
    json.putObject("jobReference")
        .put("projectId", reference.project())
        .put("location", reference.location());
    json.set("configuration", configuration(query, reference).put("dryRun", true));
    json.putObject("status").put("state", "DONE");
    String bytes = String.valueOf(estimate.bytes());
    ObjectNode statistics = json.putObject("statistics").put("totalBytesProcessed", bytes);
    ObjectNode own =
        statistics
            .putObject("query")
            .put("totalBytesProcessed", bytes)
            .put("totalBytesBilled", "0")
            .put("cacheHit", false)
            .put("statementType", estimate.statementType());
    ArrayNode tables = own.putArray("referencedTables");
    estimate.tables().forEach(table -> tables.add(TableJson.reference(table)));
    return Answer.ok(json);
  }

  Answer query(Request request) throws InterruptedException {
    JsonNode body = request.body();
    check(body);
    String requestId = body.path("requestId").asString("");
    Job job =
        requestId.isEmpty()
            ? run(request)
            : answered.computeIfAbsent(requestId, id -> run(request));
    if (job.result().failure() != null) {
      answered.remove(requestId);
    }
    RowJson format =
        new RowJson(
            body.path("formatOptions").path("useInt64Timestamp").asBoolean(false)
                || body.path("formatOptions")
                    .path("timestampOutputFormat")
                    .asString("")
                    .equals("INT64"));
    int most = body.path("maxResults").asInt(Integer.MAX_VALUE);
    return results(job, Paging.of(null, null, most), format, Duration.ZERO);
  }

  private Job run(Request request) {
    JobReference reference = ids.next(request.project(), request.body(), "US");
    return jobs.run(
        reference,
        configuration(request.body(), reference),
        "query",
        () -> run(request.body(), request));
  }

  Answer results(Request request) throws InterruptedException {
    Job job = jobs.get(request.project(), request.part(2), request.parameter("location"));
    Duration patience = Duration.ofMillis(request.parameter("timeoutMs", PATIENCE_MILLIS));
    return results(job, Paging.of(request), TableCalls.rowJson(request), patience);
  }

  /** A page of a result that is read as if it were a table. */
  Answer data(Request request) {
    Job job = jobs.find(request.project(), request.part(4));
    JobResult result = job == null ? null : job.result();
    if (result == null) {
      throw RefusedException.notFound("Table " + request.part(4));
    }
    Paging paging = Paging.of(request);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "bigquery#tableDataList");
    putPage(json, result.rows(), paging, TableCalls.rowJson(request));
    return Answer.ok(json);
  }

  private static Answer results(Job job, Paging paging, RowJson format, Duration patience)
      throws InterruptedException {
    JobResult result = job.await(patience);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "bigquery#queryResponse")
            .put("jobComplete", result != null);
    json.set("jobReference", job.referenceJson());
    if (result == null) {
      return Answer.ok(json);
    }
    if (result.failure() != null) {
      throw new RefusedException(result.failure());
    }
    json.put("cacheHit", false).put("totalBytesProcessed", "0");
    if (result.statistics().has("numDmlAffectedRows")) {
      json.set("numDmlAffectedRows", result.statistics().get("numDmlAffectedRows"));
    }
    json.set("schema", RowJson.schema(result.rows().columns()));
    putPage(json, result.rows(), paging, format);
    return Answer.ok(json);
  }

  private static void putPage(ObjectNode json, ResultRows result, Paging paging, RowJson format) {
    int total = result.rows().size();
    int from = (int) Math.min(paging.start(), total);
    int to = (int) Math.min(paging.start() + paging.most(), total);
    json.put("totalRows", String.valueOf(total));
    json.set("rows", format.rows(result.rows(), from, to));
    TableCalls.putNext(json, paging, total);
  }

  private JobResult run(JsonNode query, Request request) {
    JobFate.failIfTold(request.misbehaviour());
    return JobResult.of(
        queries.run(
            query.path("query").asString(""),
            names(query, request),
            Parameters.read(query.path("queryParameters"))));
  }

  private static Names names(JsonNode query, Request request) {
    String project = request.project();
    JsonNode dataset = query.path("defaultDataset");
    return new Names(
        project,
        dataset.hasNonNull("datasetId")
            ? new DatasetName(
                dataset.path("projectId").asString(project), dataset.path("datasetId").asString())
            : null);
  }

  private static void check(JsonNode query) {
    if (query.path("useLegacySql").asBoolean(true)) {
      throw RefusedException.notCovered("legacy SQL");
    }
    if (query.has("destinationTable")) {
      throw RefusedException.notCovered("queries with a destination table");
    }
    if (query.path("dryRun").asBoolean(false)) {
      throw RefusedException.notCovered("dry runs of jobs.query; jobs.insert has them");
    }
    if (query.path("query").asString("").isBlank()) {
      throw new RefusedException(Reason.INVALID, "Required parameter is missing: query");
    }
  }

  private static ObjectNode configuration(JsonNode query, JobReference reference) {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode().put("jobType", "QUERY");
    ObjectNode own = configuration.putObject("query");
    own.put("query", query.path("query").asString()).put("useLegacySql", false);
    own.set(
        "destinationTable",
        TableJson.reference(new TableName(reference.project(), RESULTS, reference.id())));
    return configuration;
  }
}
