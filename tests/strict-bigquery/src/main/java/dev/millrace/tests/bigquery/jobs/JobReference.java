package dev.millrace.tests.bigquery.jobs;

import dev.millrace.tests.bigquery.error.Reason;
import dev.millrace.tests.bigquery.error.RefusedException;

/**
 * A job's name. Its id has letters, digits, underscores and dashes, at most 1,024 of them (REST
 * reference, {@code JobReference}).
 *
 * @param location where the job runs, such as {@code US}; kept with the job
 */
public record JobReference(String project, String location, String id) {
  public JobReference {
    if (!id.matches("[A-Za-z0-9_-]{1,1024}")) {
      throw new RefusedException(
          Reason.INVALID,
          "Invalid job ID \"%s\". It must contain only letters (a-z, A-Z), numbers (0-9), underscores (_), or dashes (-). The maximum length is 1,024 characters."
              .formatted(id));
    }
  }

  @Override
  public String toString() {
    return "%s:%s.%s".formatted(project, location, id);
  }
}
