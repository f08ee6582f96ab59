package dev.millrace.tests.bigquery.rest;

import dev.millrace.tests.bigquery.jobs.JobReference;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Gives jobs the name that their call asks for, or one that nobody else has. */
final class JobIds {
  private final AtomicLong last = new AtomicLong();

  /** The name in the {@code jobReference} of a job that is to be inserted. */
  JobReference of(Request request, String location) {
    JsonNode wanted = request.body().path("jobReference");
    String id = wanted.path("jobId").asString(null);
    return id == null
        ? next(request.project(), wanted, location)
        : new JobReference(request.project(), wanted.path("location").asString(location), id);
  }

  /** A new name, in the location that {@code from} has, if any. */
  JobReference next(String project, JsonNode from, String location) {
    return new JobReference(
        project, from.path("location").asString(location), "job_strict_" + last.incrementAndGet());
  }
}
