package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatus;

/** What became of a job. */
sealed interface JobOutcome {
  /** It is done, without an error. */
  record Done(Job job) implements JobOutcome {}

  /**
   * It is done with an error that trying again by itself does not mend.
   *
   * @param id of the job
   * @param status with the error
   */
  record Failed(String id, Meaning meaning, JobStatus status) implements JobOutcome {}
}
