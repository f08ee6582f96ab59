package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.catalog.Catalog;
import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;
import dev.millrace.tests.bigquery.jobs.JobReference;
import dev.millrace.tests.bigquery.jobs.JobResult;
import dev.millrace.tests.bigquery.jobs.Jobs;
import dev.millrace.tests.bigquery.load.LoadRequest;
import dev.millrace.tests.bigquery.load.Loads;
import dev.millrace.tests.bigquery.quotas.Quotas;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code jobs.insert} of a load. */
final class LoadCalls {
  private final Catalog catalog;
  private final Quotas quotas;
  private final Loads loads;
  private final Jobs jobs;
  private final JobIds ids;
  private final Duration loadTime;

  LoadCalls(Catalog catalog, Quotas quotas, Loads loads, Jobs jobs, JobIds ids, Duration loadTime) {
    this.catalog = catalog;
    this.quotas = quotas;
    this.loads = loads;
    this.jobs = jobs;
    this.ids = ids;
    this.loadTime = loadTime;
  }

  /** The job runs where its dataset is; asking for another place does not find the dataset. */
  Answer insert(Request request) {
    JsonNode load = request.body().path("configuration").path("load");
    LoadRequest wanted = LoadRequest.read(load, request.project());
    String location = catalog.dataset(wanted.table().dataset()).location();
    JobReference reference = ids.of(request, location);
    if (!reference.location().equalsIgnoreCase(location)) {
      throw new RefusedException(
          Reason.NOT_FOUND,
          "Not found: Dataset %s was not found in location %s"
              .formatted(wanted.table().dataset(), reference.location()));
    }
    ObjectNode configuration = ((ObjectNode) request.body().path("configuration")).deepCopy();
    configuration.put("jobType", "LOAD");
    return Answer.ok(
        jobs.begin(
                reference,
                configuration,
                "load",
                loadTime.plus(JobFate.extraTime(request.misbehaviour())),
                () -> {
                  quotas.loadJob(reference.project());
                  JobFate.failIfTold(request.misbehaviour());
                  return JobResult.of(wanted, loads.run(wanted));
                })
            .toJson());
  }
}
