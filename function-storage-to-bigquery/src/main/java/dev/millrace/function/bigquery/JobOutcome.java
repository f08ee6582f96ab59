package dev.millrace.function.bigquery;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.Job;
import java.util.List;

/** What became of a job. */
sealed interface JobOutcome {
  /** It is done, without an error. */
  record Done(Job job) implements JobOutcome {}

  /**
   * It is done with an error that trying again by itself does not mend.
   *
   * @param id of the job
   * @param errors of the job, the first of which is why it failed
   */
  record Failed(String id, Meaning meaning, List<BigQueryError> errors) implements JobOutcome {}
}
