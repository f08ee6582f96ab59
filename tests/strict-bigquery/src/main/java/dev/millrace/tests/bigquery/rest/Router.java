package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.faults.CallKind;
import dev.millrace.tests.bigquery.jobs.Jobs;

/** Knows which call a request is, what it is about, and who answers it. */
final class Router {
  private final DatasetCalls datasets;
  private final TableCalls tables;
  private final LoadCalls loads;
  private final QueryCalls queries;
  private final Jobs jobs;

  Router(DatasetCalls datasets, TableCalls tables, LoadCalls loads, QueryCalls queries, Jobs jobs) {
    this.datasets = datasets;
    this.tables = tables;
    this.loads = loads;
    this.queries = queries;
    this.jobs = jobs;
  }

  static CallKind kind(Request request) {
    String call = request.method() + " " + request.part(1);
    int parts = request.path().size();
    return switch (call) {
      case "GET datasets" ->
          switch (parts) {
            case 2 -> CallKind.DATASETS_LIST;
            case 3 -> CallKind.DATASETS_GET;
            case 4 -> table(request, CallKind.TABLES_LIST);
            case 5 -> table(request, CallKind.TABLES_GET);
            case 6 -> request.part(5).equals("data") ? CallKind.TABLEDATA_LIST : CallKind.OTHER;
            default -> CallKind.OTHER;
          };
      case "POST datasets" ->
          switch (parts) {
            case 2 -> CallKind.DATASETS_INSERT;
            case 4 -> table(request, CallKind.TABLES_INSERT);
            default -> CallKind.OTHER;
          };
      case "DELETE datasets" ->
          switch (parts) {
            case 3 -> CallKind.DATASETS_DELETE;
            case 5 -> table(request, CallKind.TABLES_DELETE);
            default -> CallKind.OTHER;
          };
      case "POST jobs" -> parts == 2 ? inserted(request) : CallKind.OTHER;
      case "GET jobs" -> parts == 3 ? CallKind.JOBS_GET : CallKind.OTHER;
      case "POST queries" -> parts == 2 ? CallKind.JOBS_QUERY : CallKind.OTHER;
      case "GET queries" -> parts == 3 ? CallKind.JOBS_GET_QUERY_RESULTS : CallKind.OTHER;
      default -> CallKind.OTHER;
    };
  }

  private static CallKind table(Request request, CallKind kind) {
    return request.part(3).equals("tables") ? kind : CallKind.OTHER;
  }

  private static CallKind inserted(Request request) {
    if (request.body().path("configuration").has("load")) {
      return CallKind.JOBS_INSERT_LOAD;
    }
    return request.body().path("configuration").has("query")
        ? CallKind.JOBS_INSERT_QUERY
        : CallKind.OTHER;
  }

  /** What the call is about: a dataset, a table, or a query's SQL. */
  static String target(Request request, CallKind kind) {
    return switch (kind) {
      case JOBS_INSERT_LOAD -> {
        var table = request.body().path("configuration").path("load").path("destinationTable");
        yield "%s:%s.%s"
            .formatted(
                table.path("projectId").asString(request.project()),
                table.path("datasetId").asString(""),
                table.path("tableId").asString(""));
      }
      case JOBS_INSERT_QUERY ->
          request.body().path("configuration").path("query").path("query").asString("");
      case JOBS_QUERY -> request.body().path("query").asString("");
      case TABLES_INSERT ->
          "%s:%s.%s"
              .formatted(
                  request.project(),
                  request.part(2),
                  request.body().path("tableReference").path("tableId").asString(""));
      case TABLES_GET, TABLES_DELETE, TABLEDATA_LIST ->
          "%s:%s.%s".formatted(request.project(), request.part(2), request.part(4));
      case DATASETS_GET, DATASETS_DELETE, TABLES_LIST ->
          "%s:%s".formatted(request.project(), request.part(2));
      case DATASETS_INSERT ->
          "%s:%s"
              .formatted(
                  request.project(),
                  request.body().path("datasetReference").path("datasetId").asString(""));
      case JOBS_GET, JOBS_GET_QUERY_RESULTS -> "";
      case DATASETS_LIST -> request.project();
      case OTHER -> request.method() + " " + String.join("/", request.path());
    };
  }

  static String jobId(Request request, CallKind kind) {
    return switch (kind) {
      case JOBS_INSERT_LOAD, JOBS_INSERT_QUERY ->
          request.body().path("jobReference").path("jobId").asString("");
      case JOBS_GET, JOBS_GET_QUERY_RESULTS -> request.part(2);
      default -> "";
    };
  }

  Answer answer(Request request, CallKind kind) throws InterruptedException {
    return switch (kind) {
      case DATASETS_LIST -> datasets.list(request);
      case DATASETS_GET -> datasets.get(request);
      case DATASETS_INSERT -> datasets.insert(request);
      case DATASETS_DELETE -> datasets.delete(request);
      case TABLES_LIST -> tables.list(request);
      case TABLES_GET -> tables.get(request);
      case TABLES_INSERT -> tables.insert(request);
      case TABLES_DELETE -> tables.delete(request);
      case TABLEDATA_LIST ->
          request.part(2).equals(QueryCalls.RESULTS) ? queries.data(request) : tables.data(request);
      case JOBS_INSERT_LOAD -> loads.insert(request);
      case JOBS_INSERT_QUERY -> queries.insert(request);
      case JOBS_GET ->
          Answer.ok(
              PartialAnswer.of(
                  jobs.get(request.project(), request.part(2), request.parameter("location"))
                      .toJson(),
                  request.parameter("fields")));
      case JOBS_QUERY -> queries.query(request);
      case JOBS_GET_QUERY_RESULTS -> queries.results(request);
      case OTHER ->
          throw RefusedException.notCovered(
              request.method() + " " + String.join("/", request.path()));
    };
  }
}
